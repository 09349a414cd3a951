"use client";

import { MessageSquareText } from "lucide-react";
import { useTranslations } from "use-intl";
import { useCommentCount } from "./comment-counts.tsx";

/** On the card's top left corner: how many comments on the step are open. They stand in the inspector. */
export function CommentBadge({ nodeId }: { nodeId: string }) {
  const t = useTranslations("approvals.comments");
  const count = useCommentCount(nodeId);
  if (count === 0) return null;
  return (
    <span
      title={t("openCount", { count })}
      className="absolute -top-2.5 -left-2 flex h-5 items-center gap-0.5 rounded-full border border-warning-border bg-warning-tint px-1.5 font-semibold text-mini text-warning ring-2 ring-bg"
    >
      <MessageSquareText aria-hidden className="size-3" />
      {count}
      <span className="sr-only">{t("open")}</span>
    </span>
  );
}
