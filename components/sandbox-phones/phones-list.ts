import type { inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "#server/router.ts";

export type PhonesList = inferRouterOutputs<AppRouter>["sandboxPhones"]["list"];
export type PhoneRow = PhonesList["phones"][number];
export type PhoneMessage = PhoneRow["chat"][number];
export type TrafficRow = inferRouterOutputs<AppRouter>["sandboxPhones"]["traffic"][number];
