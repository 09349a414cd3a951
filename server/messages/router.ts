import { allowed, router } from "../trpc.ts";
import { ListMessagesInput, listMessages } from "./list-messages.ts";

export const messagesRouter = router({
  list: allowed("see-messages")
    .input(ListMessagesInput)
    .query(({ ctx, input }) => listMessages(ctx, input)),
});
