"use client";

import { CircleCheck, CircleX, Clock, OctagonMinus, Radio, Users } from "lucide-react";
import Link from "next/link";
import { Fragment, type ReactNode } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { Callout } from "#components/ui/callout.tsx";
import { useSuppressionWords } from "../use-suppression-words.ts";
import { type Answer, useWhyWords } from "./use-why-words.ts";

type Today = Answer["today"];

const looks = {
  granted: { icon: CircleCheck, ink: "text-success" },
  withdrawn: { icon: CircleX, ink: "text-danger" },
  expired: { icon: Clock, ink: "text-warning" },
} as const;

/** What holds today, apart from what held at each moment below: consents and their end, what stops everything, who has the same number. */
export function StandingStrip({ answer: { today, lastEvent } }: { answer: Answer }) {
  const t = useTranslations("why.today");
  const words = useWhyWords();
  return (
    <section aria-label={t("title")} className="mb-3 space-y-2">
      <Suppressions today={today} />
      {today.sharedWith.length > 0 ? (
        <Callout icon={Users}>{t.rich("shared", { people: () => <People today={today} /> })}</Callout>
      ) : null}
      <div className="flex flex-wrap items-center gap-x-5 gap-y-1 rounded-lg border border-border bg-surface px-4 py-2 text-sm">
        <h2 className="font-semibold">{t("title")}</h2>
        {today.consents.length === 0 ? <span className="text-secondary">{t("noConsent")}</span> : null}
        {today.consents.map((consent) => (
          <Consent key={consent.purpose} consent={consent} />
        ))}
        <span className="flex items-center gap-1.5 text-secondary">
          <Radio aria-hidden className="size-4 shrink-0" />
          <span>
            {lastEvent
              ? t.rich("lastEvent", { event: lastEvent.name, date: words.moment(lastEvent.at), code: codeOf })
              : t("noEvent")}
          </span>
        </span>
        <span className="ml-auto text-secondary text-xs">{t("help")}</span>
      </div>
    </section>
  );
}

const codeOf = (chunks: ReactNode) => <code className="font-mono text-xs">{chunks}</code>;

function Consent({ consent: { purpose, state, at, expiresAt } }: { consent: Today["consents"][number] }) {
  const t = useTranslations("why.today");
  const purposes = useTranslations("contacts.purpose");
  const format = useFormatter();
  const { icon: Icon, ink } = looks[state];
  const date = state === "withdrawn" ? at : expiresAt;
  const values = { purpose: purposes(purpose), date: date ? format.dateTime(date, { dateStyle: "medium" }) : "" };
  return (
    <span className="flex items-center gap-1.5">
      <Icon aria-hidden className={`size-4 shrink-0 ${ink}`} />
      {state === "granted" && expiresAt ? t("grantedUntil", values) : t(state, values)}
    </span>
  );
}

/** What the person's own page head does not say already: the list, and what was said under another contact with the number. */
function Suppressions({ today }: { today: Today }) {
  const t = useTranslations("why.today");
  const contacts = useTranslations("contacts");
  const because = useSuppressionWords();
  const format = useFormatter();
  return today.suppressions.map((one) => {
    const date = format.dateTime(one.since, { dateStyle: "medium" });
    if (one.kind === "contact" && one.sharedWith === null) return null;
    return (
      <Callout
        key={one.kind === "list" ? one.names : one.sharedWith}
        tone="danger"
        icon={OctagonMinus}
        title={contacts("neverMessage")}
      >
        {one.kind === "list"
          ? t(one.names === "phone" ? "listedPhone" : "listedCustomer", { date, note: one.note })
          : t.rich("suppressedShared", {
              date,
              reason: because(one.reason),
              other: (chunks) => <PersonLink id={one.sharedWith ?? ""}>{chunks}</PersonLink>,
            })}
      </Callout>
    );
  });
}

function People({ today: { sharedWith, hasMoreSharedWith } }: { today: Today }) {
  const t = useTranslations("why");
  const contacts = useTranslations("contacts");
  return (
    <>
      {sharedWith.map(({ id, firstName, lastName, externalId }, index) => (
        <Fragment key={id}>
          {index > 0 ? ", " : ""}
          <PersonLink id={id}>
            {[firstName, lastName].filter(Boolean).join(" ") || externalId || contacts("noName")}
          </PersonLink>
        </Fragment>
      ))}
      {hasMoreSharedWith ? ` ${t("today.sharedMore")}` : ""}
    </>
  );
}

const PersonLink = ({ id, children }: { id: string; children: ReactNode }) => (
  <Link href={`/contacts/${id}/why`} className="text-accent hover:underline">
    {children}
  </Link>
);
