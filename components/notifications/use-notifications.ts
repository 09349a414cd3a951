import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { toast } from "#components/ui/toaster.tsx";
import type { listNotifications } from "#server/notifications/list-notifications.ts";

export type NotificationRow = Awaited<ReturnType<typeof listNotifications>>["rows"][number];

/** How many are not read: asked for every ten seconds, so that the bell rings without a reload. */
export function useUnread(): number {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.notifications.unread.queryOptions(undefined, { refetchInterval: 10_000 }));
  return data?.unread ?? 0;
}

/** What one was told, page by page, newest first. */
export function useNotifications({ isUnreadOnly, limit }: { isUnreadOnly: boolean; limit: number }) {
  const trpc = useTRPC();
  const query = useInfiniteQuery(
    trpc.notifications.list.infiniteQueryOptions(
      { isUnreadOnly, limit },
      { getNextPageParam: (page) => page.after ?? undefined, initialCursor: undefined, refetchInterval: 10_000 },
    ),
  );
  return { query, rows: query.data?.pages.flatMap((page) => page.rows) };
}

export function useReading() {
  const t = useTranslations("common");
  const trpc = useTRPC();
  const client = useQueryClient();
  const after = {
    onSuccess: () => client.invalidateQueries({ queryKey: trpc.notifications.pathKey() }),
    onError: () => toast.error(t("failed")),
  };
  const one = useMutation(trpc.notifications.markRead.mutationOptions(after));
  const all = useMutation(trpc.notifications.markAllRead.mutationOptions(after));
  return {
    markRead: ({ id, readAt }: NotificationRow) => (readAt ? undefined : one.mutate({ ids: [id] })),
    /** Up to the newest of these: what came since has not been seen. */
    markAllRead: (rows: NotificationRow[]) => (rows[0] ? all.mutate({ upTo: rows[0].id }) : undefined),
    isMarking: all.isPending,
  };
}
