import { allowed, router } from "../trpc.ts";
import { CancelInvitation, cancelInvitation } from "./cancel-invitation.ts";
import { ChangeRole, changeRole } from "./change-role.ts";
import { OnePerson } from "./find-member.ts";
import { InvitePerson, invitePerson } from "./invite-person.ts";
import { listPeople } from "./list-people.ts";
import { removePerson } from "./remove-person.ts";
import { resetSecondFactor } from "./reset-second-factor.ts";

export const peopleRouter = router({
  list: allowed("see-people").query(({ ctx }) => listPeople(ctx)),
  invite: allowed("manage-people")
    .input(InvitePerson)
    .mutation(({ ctx, input }) => invitePerson(ctx, input)),
  cancelInvitation: allowed("manage-people")
    .input(CancelInvitation)
    .mutation(({ ctx, input }) => cancelInvitation(ctx, input)),
  changeRole: allowed("manage-people")
    .input(ChangeRole)
    .mutation(({ ctx, input }) => changeRole(ctx, input)),
  remove: allowed("manage-people")
    .input(OnePerson)
    .mutation(({ ctx, input }) => removePerson(ctx, input)),
  resetSecondFactor: allowed("manage-people")
    .input(OnePerson)
    .mutation(({ ctx, input }) => resetSecondFactor(ctx, input)),
});
