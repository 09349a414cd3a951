"use client";

import { Check, RotateCcw, UserRoundPlus, X } from "lucide-react";
import { useFormatter, useTranslations } from "use-intl";
import type { Approval } from "#components/approval-ask/approval.ts";
import { Avatar } from "#components/ui/avatar.tsx";
import { Card } from "#components/ui/card.tsx";
import { Chip } from "#components/ui/chip.tsx";
import { useProductNow } from "#components/ui/product-time.tsx";

const looks = {
  approve: { tone: "success", icon: Check },
  "request-changes": { tone: "warning", icon: RotateCcw },
  reject: { tone: "danger", icon: X },
} as const;

/** Who has decided and what, and who could still. */
export function ApproversCard({ approval }: { approval: Approval }) {
  const t = useTranslations("approvals.approvers");
  const approved = approval.decisions.filter((decision) => decision.verdict === "approve").length;
  const missing = approval.state === "open" ? approval.needed - approved : 0;
  return (
    <section aria-labelledby="approvers">
      <h3 id="approvers" className="mb-2 text-h2">
        {t("title")}{" "}
        <span className="font-normal text-secondary text-sm">{t("needed", { approved, needed: approval.needed })}</span>
      </h3>
      <Card>
        <ul>
          {approval.decisions.map((decision) => (
            <Decision key={decision.name} decision={decision} />
          ))}
          {missing > 0 ? <Missing count={missing} candidates={approval.candidates} /> : null}
        </ul>
      </Card>
    </section>
  );
}

function Decision({ decision }: { decision: Approval["decisions"][number] }) {
  const t = useTranslations("approvals.approvers");
  const roles = useTranslations("shell.person.roles");
  const at = useMomentWords(decision.at);
  const { tone, icon } = looks[decision.verdict];
  return (
    <li className="flex items-center gap-3 border-border border-b px-4 py-2.5 last:border-b-0">
      <Avatar name={decision.name} />
      <p className="min-w-0 flex-1">
        <span className="block truncate font-semibold text-sm">{decision.isMe ? t("you") : decision.name}</span>
        <span className="block text-secondary text-xs">
          {decision.reason ?? (decision.role ? roles(decision.role as Parameters<typeof roles>[0]) : null)}
        </span>
      </p>
      <Chip tone={tone} icon={icon}>
        {t(`verdicts.${decision.verdict}`)} <span className="tabular">{at}</span>
      </Chip>
    </li>
  );
}

function Missing({ count, candidates }: { count: number; candidates: Approval["candidates"] }) {
  const t = useTranslations("approvals.approvers");
  const format = useFormatter();
  const names = candidates.toSorted((a, b) => Number(b.isMe) - Number(a.isMe));
  return (
    <li className="flex items-center gap-3 px-4 py-2.5">
      <span
        aria-hidden
        className="grid size-7 shrink-0 place-items-center rounded-full border border-border-strong border-dashed text-tertiary"
      >
        <UserRoundPlus className="size-3.5" />
      </span>
      <p className="min-w-0 flex-1">
        <span className="block font-semibold text-sm">{t("more", { count })}</span>
        <span className="block text-secondary text-xs">
          {names.length < count
            ? t("nobody")
            : format.list(
                names.map((one) => (one.isMe ? t("youAmong") : one.name)),
                { type: "disjunction" },
              )}
        </span>
      </p>
      <Chip>{t("open")}</Chip>
    </li>
  );
}

/** The hour of a decision of today, the day of an older one. */
function useMomentWords(at: Date): string {
  const format = useFormatter();
  const now = useProductNow();
  const isRecent = now !== null && now.getTime() - at.getTime() < 20 * 3_600_000;
  return isRecent
    ? format.dateTime(at, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" })
    : format.dateTime(at, { day: "numeric", month: "short" });
}
