import type { inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "#server/router.ts";

/** A published version, as the history lists it. */
export type FlowVersion = inferRouterOutputs<AppRouter>["flows"]["versions"][number];

/** The draft among the versions. */
export const draftKey = "draft";
