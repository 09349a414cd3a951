import { allowed, router } from "../trpc.ts";
import {
  BlockInput,
  changeNumber,
  FaultInput,
  FormInput,
  NumberInput,
  PreferenceInput,
  plantFault,
  SetPhoneInput,
  SkipAheadInput,
  setBlock,
  setPhone,
  setPreference,
  skipAhead,
  submitForm,
  TapInput,
  tapButton,
} from "./act-on-phone.ts";
import { listPhones } from "./list-phones.ts";
import {
  ListTrafficInput,
  listTraffic,
  ReadFileInput,
  ReadFormInput,
  readChatFile,
  readMessageForm,
} from "./list-traffic.ts";
import { SendEventInput, sendEvent } from "./send-event.ts";
import { TryTemplateInput, tryTemplate } from "./try-template.ts";
import { WriteInput, writeAsCustomer } from "./write-as-customer.ts";

const verb = allowed("use-sandbox");

export const sandboxPhonesRouter = router({
  list: verb.query(({ ctx }) => listPhones(ctx)),
  traffic: verb.input(ListTrafficInput).query(({ ctx, input }) => listTraffic(ctx, input)),
  file: verb.input(ReadFileInput).query(({ ctx, input }) => readChatFile(ctx, input)),
  form: verb.input(ReadFormInput).query(({ ctx, input }) => readMessageForm(ctx, input)),
  tap: verb.input(TapInput).mutation(({ ctx, input }) => tapButton(ctx, input)),
  write: verb.input(WriteInput).mutation(({ ctx, input }) => writeAsCustomer(ctx, input)),
  submitForm: verb.input(FormInput).mutation(({ ctx, input }) => submitForm(ctx, input)),
  setPhone: verb.input(SetPhoneInput).mutation(({ ctx, input }) => setPhone(ctx, input)),
  setPreference: verb.input(PreferenceInput).mutation(({ ctx, input }) => setPreference(ctx, input)),
  setBlock: verb.input(BlockInput).mutation(({ ctx, input }) => setBlock(ctx, input)),
  changeNumber: verb.input(NumberInput).mutation(({ ctx, input }) => changeNumber(ctx, input)),
  plantFault: verb.input(FaultInput).mutation(({ ctx, input }) => plantFault(ctx, input)),
  sendEvent: verb.input(SendEventInput).mutation(({ ctx, input }) => sendEvent(ctx, input)),
  tryTemplate: verb.input(TryTemplateInput).mutation(({ ctx, input }) => tryTemplate(ctx, input)),
  skipAhead: verb.input(SkipAheadInput).mutation(({ ctx, input }) => skipAhead(ctx, input)),
});
