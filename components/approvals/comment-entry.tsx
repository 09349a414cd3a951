"use client";

import { Check, RotateCcw } from "lucide-react";
import { useTranslations } from "use-intl";
import type { Approval } from "#components/approval-ask/approval.ts";
import { useResolveComment } from "#components/approval-ask/open-comments.tsx";
import { Avatar } from "#components/ui/avatar.tsx";
import { cn } from "#components/ui/cn.ts";
import { IconButton } from "#components/ui/icon-button.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";

type CommentEntryProps = {
  approvalId: string;
  comment: Approval["comments"][number];
  /** Where it belongs, unless it stands there. */
  where?: string | undefined;
};

/** What one person said, and whether it is settled. */
export function CommentEntry({ approvalId, comment, where }: CommentEntryProps) {
  const t = useTranslations("approvals.comments");
  const people = useTranslations("approvals.approvers");
  const resolve = useResolveComment();
  const { id, name, isMe, text, at, resolvedAt, resolvedBy } = comment;
  const isResolved = resolvedAt !== null;
  return (
    <li className="flex gap-2.5">
      <Avatar name={name} />
      <div className="min-w-0 flex-1 text-sm">
        <p>
          <span className="font-semibold">{isMe ? people("you") : name}</span>{" "}
          <RelativeTime date={at} className="text-secondary text-xs" />
          {where ? <span className="text-secondary text-xs">, {t("on", { place: where })}</span> : null}
        </p>
        <p className={cn("whitespace-pre-wrap [overflow-wrap:anywhere]", isResolved && "text-secondary")}>{text}</p>
        {isResolved ? (
          <p className="flex items-center gap-1 text-success text-xs">
            <Check aria-hidden className="size-3.5" />
            {t("resolvedBy", { name: resolvedBy ?? "" })}
          </p>
        ) : null}
      </div>
      <IconButton
        size="dense"
        icon={isResolved ? RotateCcw : Check}
        label={t(isResolved ? "reopen" : "resolve")}
        disabled={resolve.isPending}
        onClick={() => resolve.mutate({ approvalId, commentId: id, isResolved: !isResolved })}
      />
    </li>
  );
}
