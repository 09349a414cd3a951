"use client";

import { Check, CircleX, Clock } from "lucide-react";
import { useTranslations } from "use-intl";
import { useCheckWords } from "#components/gate-checks/use-check-words.ts";
import { MessageStatusChip } from "#components/phone/message-status-chip.tsx";
import { cn } from "#components/ui/cn.ts";
import { type Money, useMoney } from "#components/ui/use-money.ts";
import { type Message, useWhyWords } from "./use-why-words.ts";

const looks = {
  pass: { icon: Check, ink: "text-success" },
  defer: { icon: Clock, ink: "text-warning" },
  block: { icon: CircleX, ink: "text-danger" },
} as const;

/** A check that passed without having looked at anything tells nobody anything. */
const isTelling = ({ verdict, seen }: { verdict: string; seen: string }): boolean => verdict !== "pass" || seen !== "";

/** One message: which, every check of the send gate with what it saw, how it came out, and why in words. */
export function MessageChecks({ message }: { message: Message }) {
  const t = useTranslations("why");
  const words = useWhyWords();
  const check = useCheckWords();
  const title = message.step ? words.stepTitle(message.step) : (message.template ?? message.type);
  const checks = (message.checks ?? []).filter(isTelling);
  return (
    <div className="border-border border-t">
      <div className="grid gap-x-6 gap-y-3 px-4 py-3 text-sm lg:grid-cols-[208px_1fr_208px]">
        <div className="min-w-0 self-center">
          <p className="font-semibold">{title}</p>
          <p className="truncate text-secondary text-xs">
            {[message.template, message.language].filter(Boolean).join(", ")}
          </p>
          <p className="truncate font-mono text-tertiary text-xs" title={message.id}>
            {message.id}
          </p>
        </div>
        {checks.length === 0 ? (
          <p className="self-center text-secondary text-xs">{t("noChecks")}</p>
        ) : (
          <ul
            aria-label={t("checksOf", { name: title })}
            className="grid content-center gap-x-4 gap-y-0.5 sm:grid-cols-2 xl:grid-cols-3"
          >
            {checks.map((one) => {
              const { icon: Icon, ink } = looks[one.verdict];
              const isBlock = one.verdict === "block";
              return (
                <li
                  key={one.check}
                  className={cn(
                    "flex items-start gap-1.5 rounded-sm px-1.5 py-0.5",
                    isBlock && "bg-danger-tint text-danger",
                  )}
                >
                  <Icon aria-hidden className={cn("mt-0.5 size-4 shrink-0", ink)} />
                  <span className="min-w-0">
                    <span className="sr-only">{t(`verdict.${one.verdict}`)}: </span>
                    <span className={cn("font-medium", !isBlock && "text-ink")}>{check.name(one)}</span>{" "}
                    <span className={isBlock ? "" : "text-secondary"}>
                      {check.value(one.seen)}
                      {one.verdict === "pass" ? "" : `, ${t("needs", { needed: check.value(one.needed) })}`}
                    </span>
                  </span>
                </li>
              );
            })}
          </ul>
        )}
        <Outcome message={message} />
      </div>
      <Reason message={message} />
    </div>
  );
}

function Outcome({ message }: { message: Message }) {
  const t = useTranslations("why");
  const words = useWhyWords();
  const money = useMoney();
  const { sentAt, next, cost } = message;
  const sum = (cost: Money | null) => (cost ? money(cost, { isSmall: true }) : t("noPrice"));
  const price = cost?.reported
    ? t("charged", { sum: sum(cost.reported.cost) })
    : message.status === "skipped" || message.status === "failed"
      ? t("costsNothing")
      : cost
        ? t("estimated", { sum: sum(cost.estimate) })
        : "";
  const when = sentAt
    ? t("sentAt", { date: words.moment(sentAt) })
    : t("madeAt", { date: words.moment(message.createdAt) });
  return (
    <div className="self-center border-border text-secondary text-xs lg:border-l lg:pl-4">
      <MessageStatusChip status={message.status} />
      <p className="mt-1">{when}</p>
      {price ? <p>{price}</p> : null}
      {next ? (
        <p>
          {t("nextTry", { date: words.moment(next.at) })}
          {next.attempts > 0 ? `, ${t("tries", { count: next.attempts })}` : ""}
        </p>
      ) : null}
    </div>
  );
}

const tones = {
  danger: "bg-danger-tint",
  warning: "bg-warning-tint",
} as const;

/** Why it did not leave, waits, or is in doubt: one sentence, and what caused it. */
function Reason({ message }: { message: Message }) {
  const t = useTranslations("why");
  const words = useWhyWords();
  const { reason, status, errorCode, errorDetail, next } = message;
  if (!reason && errorCode === null) return null;
  const isOver = status === "skipped" || status === "failed";
  const lead = isOver ? "whyNotSent" : status === "unknown" ? "whyUnknown" : "whyWaits";
  return (
    <p className={cn("border-border border-t px-4 py-2 text-sm", tones[isOver ? "danger" : "warning"])}>
      <strong>{t(lead)}</strong>{" "}
      {[
        reason ? words.reason(reason) : "",
        words.cappedBy(message),
        errorCode === null ? "" : t("providerSays", { code: errorCode, detail: errorDetail ?? "" }),
        next && !isOver && status !== "unknown" ? t("leaves", { date: words.moment(next.at) }) : "",
      ]
        .filter(Boolean)
        .join(" ")}
    </p>
  );
}
