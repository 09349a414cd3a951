import type { inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "#server/router.ts";

export type PeopleList = inferRouterOutputs<AppRouter>["people"]["list"];
export type PersonRow = PeopleList["people"][number];
export type InvitationRow = PeopleList["invitations"][number];

/** As in server/auth/permissions.ts, from the one who may most. */
export const roleNames = ["owner", "maker", "checker", "agent", "analyst"] as const;
export type RoleName = (typeof roleNames)[number];
