import { allowed, router } from "#server/trpc.ts";
import { allowTestNumber, forbidTestNumber, listTestNumbers, OneTestNumber } from "./allowed-numbers.ts";
import {
  OneChannel,
  pauseChannel,
  RenameChannel,
  ReplaceToken,
  renameChannel,
  replaceToken,
  resumeChannel,
  SetMarketingEndpoint,
  setMarketingEndpoint,
} from "./change-channel.ts";
import { checkChannel, subscribeChannel } from "./check-channel.ts";
import { ConnectChannel, connectChannel } from "./connect-channel.ts";
import { listChannels } from "./list-channels.ts";
import {
  ReadTestMessage,
  readTestMessage,
  readTestTemplates,
  SendTestMessage,
  sendTestMessage,
} from "./send-test-message.ts";

export const channelSetupRouter = router({
  list: allowed("see-channels").query(({ ctx }) => listChannels(ctx)),
  /** A mutation, because it asks others and takes its time: it is pressed, never repeated by itself. */
  check: allowed("see-channels")
    .input(OneChannel)
    .mutation(({ ctx, input }) => checkChannel(ctx, input)),
  connect: allowed("manage-channels")
    .input(ConnectChannel)
    .mutation(({ ctx, input }) => connectChannel(ctx, input)),
  subscribe: allowed("manage-channels")
    .input(OneChannel)
    .mutation(({ ctx, input }) => subscribeChannel(ctx, input)),
  rename: allowed("manage-channels")
    .input(RenameChannel)
    .mutation(({ ctx, input }) => renameChannel(ctx, input)),
  setMarketingEndpoint: allowed("manage-channels")
    .input(SetMarketingEndpoint)
    .mutation(({ ctx, input }) => setMarketingEndpoint(ctx, input)),
  pause: allowed("manage-channels")
    .input(OneChannel)
    .mutation(({ ctx, input }) => pauseChannel(ctx, input)),
  resume: allowed("manage-channels")
    .input(OneChannel)
    .mutation(({ ctx, input }) => resumeChannel(ctx, input)),
  replaceToken: allowed("manage-channels")
    .input(ReplaceToken)
    .mutation(({ ctx, input }) => replaceToken(ctx, input)),
  testNumbers: allowed("send-test-messages").query(({ ctx }) => listTestNumbers(ctx)),
  allowTestNumber: allowed("manage-channels")
    .input(OneTestNumber)
    .mutation(({ ctx, input }) => allowTestNumber(ctx, input)),
  forbidTestNumber: allowed("manage-channels")
    .input(OneTestNumber)
    .mutation(({ ctx, input }) => forbidTestNumber(ctx, input)),
  testTemplates: allowed("send-test-messages").query(({ ctx }) => readTestTemplates(ctx)),
  sendTest: allowed("send-test-messages")
    .input(SendTestMessage)
    .mutation(({ ctx, input }) => sendTestMessage(ctx, input)),
  testMessage: allowed("send-test-messages")
    .input(ReadTestMessage)
    .query(({ ctx, input }) => readTestMessage(ctx, input)),
});
