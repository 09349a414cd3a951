import { allowed, router } from "#server/trpc.ts";
import { countUnread } from "./count-unread.ts";
import { ListNotifications, listNotifications } from "./list-notifications.ts";
import { MarkAllRead, MarkRead, markAllRead, markRead } from "./mark-read.ts";
import { readPreferences, SetPreference, setPreference } from "./preferences.ts";

export const notificationsRouter = router({
  list: allowed("see-workspace")
    .input(ListNotifications)
    .query(({ ctx, input }) => listNotifications(ctx, input)),
  unread: allowed("see-workspace").query(({ ctx }) => countUnread(ctx)),
  markRead: allowed("change-own-settings")
    .input(MarkRead)
    .mutation(({ ctx, input }) => markRead(ctx, input)),
  markAllRead: allowed("change-own-settings")
    .input(MarkAllRead)
    .mutation(({ ctx, input }) => markAllRead(ctx, input)),
  preferences: allowed("change-own-settings").query(({ ctx }) => readPreferences(ctx)),
  setPreference: allowed("change-own-settings")
    .input(SetPreference)
    .mutation(({ ctx, input }) => setPreference(ctx, input)),
});
