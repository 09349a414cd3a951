import type { inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "#server/router.ts";

type Outputs = inferRouterOutputs<AppRouter>["approvals"];

/** One line of the queue. */
export type ApprovalRow = Outputs["list"]["rows"][number];
/** A request as it is opened. */
export type Approval = Outputs["get"];
/** Null from the server: too many to be counted in time. */
export type Reach = NonNullable<Outputs["reach"]>;
/** Where the approval of a draft stands, as its editor sees it. */
export type Standing = Outputs["ofTemplate"];
