"use client";

import { Check, CircleX, Clock } from "lucide-react";
import Link from "next/link";
import { Fragment } from "react";
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
export function MessageChecks({ message, contactId }: { message: Message; contactId: string }) {
  const t = useTranslations("why");
  const words = useWhyWords();
  const check = useCheckWords();
  const title = words.messageTitle(message);
  const checks = (message.checks ?? []).filter(isTelling);
  return (
    <div className="border-border border-t">
      <div className="grid gap-x-6 gap-y-3 px-4 py-3 text-sm lg:grid-cols-[208px_1fr_208px]">
        <div className="min-w-0 self-center">
          <p className="font-semibold">{title}</p>
          <p className="truncate text-secondary text-xs">
            {[message.template, message.language].filter(Boolean).join(", ")}
          </p>
          <Link
            href={messageLink(message.id, contactId)}
            title={t("seeMessage")}
            className="block truncate rounded-sm font-mono text-tertiary text-xs hover:text-accent hover:underline"
          >
            {message.id}
          </Link>
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
      <Reason message={message} contactId={contactId} />
    </div>
  );
}

const messageLink = (id: string, contactId: string): string => `/messages?contact=${contactId}&message=${id}`;

function Outcome({ message }: { message: Message }) {
  const t = useTranslations("why");
  const words = useWhyWords();
  const money = useMoney();
  const { sentAt, next, cost } = message;
  const told = (key: "charged" | "estimated", sum: Money | null) =>
    sum ? t(key, { sum: money(sum, { isSmall: true }) }) : t("noPrice");
  const price = cost?.reported
    ? told("charged", cost.reported.cost)
    : message.status === "skipped" || message.status === "failed"
      ? t("costsNothing")
      : cost
        ? told("estimated", cost.estimate)
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
function Reason({ message, contactId }: { message: Message; contactId: string }) {
  const t = useTranslations("why");
  const words = useWhyWords();
  const { reason, status, errorCode, errorDetail, next } = message;
  if (!reason && errorCode === null) return null;
  const isOver = status === "skipped" || status === "failed";
  const lead = isOver ? "whyNotSent" : status === "unknown" ? "whyUnknown" : "whyWaits";
  return (
    <div className={cn("border-border border-t px-4 py-2 text-sm", tones[isOver ? "danger" : "warning"])}>
      <strong>{t(lead)}</strong>{" "}
      {[
        reason ? words.reason(reason) : "",
        errorCode === null ? "" : t("providerSays", { code: errorCode, detail: errorDetail ?? "" }),
        next && !isOver && status !== "unknown" ? t("leaves", { date: words.moment(next.at) }) : "",
      ]
        .filter(Boolean)
        .join(" ")}
      <CappedBy message={message} contactId={contactId} />
    </div>
  );
}

/** What had used up the cap: the days it counted, and each message with its flow and time. */
function CappedBy({ message, contactId }: { message: Message; contactId: string }) {
  const t = useTranslations("why");
  const words = useWhyWords();
  const days = words.capDays(message);
  if (days === null || message.cappedBy.length === 0) return null;
  return (
    <p className="mt-1">
      {t("cappedBy", { days })}{" "}
      {message.cappedBy.map((one, index) => (
        <Fragment key={one.id}>
          {index > 0 ? "; " : ""}
          <Link href={messageLink(one.id, one.sharedWith ?? contactId)} className="text-accent hover:underline">
            {words.capped(one)}
          </Link>
        </Fragment>
      ))}
      {message.hasMoreCappedBy ? ` ${t("cappedByMore")}` : ""}
    </p>
  );
}
