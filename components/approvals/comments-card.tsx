"use client";

import { useTranslations } from "use-intl";
import type { Approval } from "#components/approval-ask/approval.ts";
import { Avatar } from "#components/ui/avatar.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { usePlaces } from "./use-places.ts";

/** What people said about it, oldest first. */
export function CommentsCard({ approval }: { approval: Approval }) {
  const t = useTranslations("approvals.comments");
  const people = useTranslations("approvals.approvers");
  const places = usePlaces(approval);
  return (
    <section aria-labelledby="comments">
      <h3 id="comments" className="mb-2 text-h2">
        {t("title")}
      </h3>
      {approval.comments.length === 0 ? <p className="text-secondary text-sm">{t("none")}</p> : null}
      <ul className="space-y-3">
        {approval.comments.map(({ id, name, isMe, place, text, at }) => {
          const where = places.find((one) => one.id === place)?.name;
          return (
            <li key={id} className="flex gap-2.5">
              <Avatar name={name} />
              <div className="min-w-0 text-sm">
                <p>
                  <span className="font-semibold">{isMe ? people("you") : name}</span>{" "}
                  <RelativeTime date={at} className="text-secondary text-xs" />
                  {where ? <span className="text-secondary text-xs">, {t("on", { place: where })}</span> : null}
                </p>
                <p className="whitespace-pre-wrap [overflow-wrap:anywhere]">{text}</p>
              </div>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
