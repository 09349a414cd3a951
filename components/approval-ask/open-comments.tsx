"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { inferRouterOutputs } from "@trpc/server";
import { Check, MessageSquareText } from "lucide-react";
import Link from "next/link";
import { toast } from "sonner";
import { useTranslations } from "use-intl";
import { useSession } from "#components/session/session-provider.tsx";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { useErrorWords } from "#components/trpc-provider/use-error-words.ts";
import { Avatar } from "#components/ui/avatar.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import type { AppRouter } from "#server/router.ts";

export type OpenComment = inferRouterOutputs<AppRouter>["approvals"]["commentsOfFlow"][number];

/** A comment made elsewhere is seen within this. */
const refetchInterval = 15_000;

/** What the others said about a flow and nobody has settled; nothing for a role that does not see approvals. */
export function useFlowComments(flowId: string): OpenComment[] {
  const trpc = useTRPC();
  const enabled = useSession().can("see-approvals");
  return useQuery(trpc.approvals.commentsOfFlow.queryOptions({ flowId }, { enabled, refetchInterval })).data ?? [];
}

/** The same about a template. */
export function useTemplateComments(templateId: string): OpenComment[] {
  const trpc = useTRPC();
  const enabled = useSession().can("see-approvals");
  const options = trpc.approvals.commentsOfTemplate.queryOptions({ templateId }, { enabled, refetchInterval });
  return useQuery(options).data ?? [];
}

/** Settles a comment, or opens it again; every list that shows it is read again. */
export function useResolveComment() {
  const t = useTranslations("approvals.comments");
  const errorWords = useErrorWords();
  const trpc = useTRPC();
  const client = useQueryClient();
  return useMutation(
    trpc.approvals.resolveComment.mutationOptions({
      onSettled: () => client.invalidateQueries(trpc.approvals.pathFilter()),
      onError: (error) => toast.error(t("notResolved"), { description: errorWords(error) }),
    }),
  );
}

type OpenCommentsProps = {
  comments: readonly OpenComment[];
  /** The place of a comment in words; null where the reader stands at it. */
  nameOf?: (place: string) => string | null;
  className?: string;
};

/** In an editor: what was said, by whom, with a mark to settle it and the way to the request. Nothing where nobody said anything. */
export function OpenComments({ comments, nameOf, className }: OpenCommentsProps) {
  const t = useTranslations("approvals.comments");
  const resolve = useResolveComment();
  if (comments.length === 0) return null;
  return (
    <section aria-label={t("open")} className={className}>
      <h3 className="mb-2 flex items-center gap-1.5 font-medium text-sm">
        <MessageSquareText aria-hidden className="size-4 text-warning" />
        {t("openCount", { count: comments.length })}
      </h3>
      <ul className="space-y-2.5">
        {comments.map(({ id, approvalId, name, text, at, place }) => {
          const where = place ? (nameOf?.(place) ?? null) : null;
          return (
            <li key={id} className="flex gap-2.5 text-sm">
              <Avatar name={name} />
              <div className="min-w-0 flex-1">
                <p>
                  <span className="font-semibold">{name}</span>{" "}
                  <Link href={`/approvals?id=${approvalId}`} className="text-secondary text-xs hover:underline">
                    <RelativeTime date={at} />
                  </Link>
                  {where ? <span className="text-secondary text-xs">, {t("on", { place: where })}</span> : null}
                </p>
                <p className="whitespace-pre-wrap [overflow-wrap:anywhere]">{text}</p>
              </div>
              <IconButton
                size="dense"
                icon={Check}
                label={t("resolve")}
                disabled={resolve.isPending}
                onClick={() => resolve.mutate({ approvalId, commentId: id, isResolved: true })}
              />
            </li>
          );
        })}
      </ul>
    </section>
  );
}
