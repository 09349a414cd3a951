import type { inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "#server/router.ts";

/** One flow as the list shows it. */
export type FlowRow = inferRouterOutputs<AppRouter>["flows"]["list"]["flows"][number];
