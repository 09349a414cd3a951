import type { inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "#server/router.ts";

/** How often what is on the screen is counted again. */
export const refreshMs = 3_000;

export type Live = inferRouterOutputs<AppRouter>["live"]["counts"];
export type LivePerson = inferRouterOutputs<AppRouter>["live"]["people"]["people"][number];
