import { allowed, router } from "../trpc.ts";
import { listKeys } from "./list-keys.ts";
import { MakeKey, makeKey } from "./make-key.ts";
import { RevokeKey, revokeKey } from "./revoke-key.ts";

export const accessKeysRouter = router({
  list: allowed("see-keys").query(({ ctx }) => listKeys(ctx)),
  make: allowed("manage-keys")
    .input(MakeKey)
    .mutation(({ ctx, input }) => makeKey(ctx, input)),
  revoke: allowed("manage-keys")
    .input(RevokeKey)
    .mutation(({ ctx, input }) => revokeKey(ctx, input)),
});
