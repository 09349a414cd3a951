"use client";

import { useTranslations } from "use-intl";
import type { Approval } from "#components/approval-ask/approval.ts";
import { CommentEntry } from "./comment-entry.tsx";
import { usePlaces } from "./use-places.ts";

/** What people said about it, oldest first. */
export function CommentsCard({ approval }: { approval: Approval }) {
  const t = useTranslations("approvals.comments");
  const places = usePlaces(approval);
  return (
    <section aria-labelledby="comments">
      <h3 id="comments" className="mb-2 text-h2">
        {t("title")}
      </h3>
      {approval.comments.length === 0 ? <p className="text-secondary text-sm">{t("none")}</p> : null}
      <ul className="space-y-3">
        {approval.comments.map((comment) => (
          <CommentEntry
            key={comment.id}
            approvalId={approval.id}
            comment={comment}
            where={places.find((one) => one.id === comment.place)?.name}
          />
        ))}
      </ul>
    </section>
  );
}
