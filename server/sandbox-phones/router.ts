import { allowed, router } from "../trpc.ts";
import {
  SayInput,
  SetPhoneInput,
  SkipAheadInput,
  sayText,
  setPhone,
  skipAhead,
  TapInput,
  tapButton,
} from "./act-on-phone.ts";
import { listPhones } from "./list-phones.ts";
import { SendEventInput, sendEvent } from "./send-event.ts";

export const sandboxPhonesRouter = router({
  list: allowed("use-sandbox").query(({ ctx }) => listPhones(ctx)),
  tap: allowed("use-sandbox")
    .input(TapInput)
    .mutation(({ ctx, input }) => tapButton(ctx, input)),
  say: allowed("use-sandbox")
    .input(SayInput)
    .mutation(({ ctx, input }) => sayText(ctx, input)),
  setPhone: allowed("use-sandbox")
    .input(SetPhoneInput)
    .mutation(({ ctx, input }) => setPhone(ctx, input)),
  sendEvent: allowed("use-sandbox")
    .input(SendEventInput)
    .mutation(({ ctx, input }) => sendEvent(ctx, input)),
  skipAhead: allowed("use-sandbox")
    .input(SkipAheadInput)
    .mutation(({ ctx, input }) => skipAhead(ctx, input)),
});
