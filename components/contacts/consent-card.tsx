"use client";

import { CircleCheck, CircleHelp, CircleX, Link as LinkIcon } from "lucide-react";
import { Fragment, useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { useSession } from "#components/session/session-provider.tsx";
import { Button } from "#components/ui/button.tsx";
import { Card, CardBody, CardHeader, CardTitle } from "#components/ui/card.tsx";
import { useProductNow } from "#components/ui/product-time.tsx";
import { consentAt, consentPurposes } from "#flow/gate/consent.ts";
import { type ConsentChange, ConsentDialog } from "./consent-dialog.tsx";
import type { ContactDetail } from "./contact-frame.tsx";
import { OptInDialog } from "./opt-in-dialog.tsx";

const looks = {
  granted: { icon: CircleCheck, ink: "text-success" },
  withdrawn: { icon: CircleX, ink: "text-danger" },
  expired: { icon: CircleX, ink: "text-warning" },
  unknown: { icon: CircleHelp, ink: "text-tertiary" },
};

/** What shows a consent later, as it was kept. */
function Proof({ proof }: { proof: ContactDetail["consents"][number]["proof"] }) {
  const t = useTranslations("contacts");
  const { liftedStop, ...facts } = proof;
  const rows = Object.entries(facts).filter(([, fact]) => fact !== null && fact !== "");
  return (
    <>
      {liftedStop === true ? <p className="text-secondary text-xs">{t("liftedStop")}</p> : null}
      {rows.length > 0 ? (
        <details className="text-xs">
          <summary className="w-fit cursor-pointer rounded-xs text-secondary hover:text-ink">{t("proof")}</summary>
          <dl className="mt-1 grid grid-cols-[auto_1fr] gap-x-3 gap-y-0.5">
            {rows.map(([name, fact]) => (
              <Fragment key={name}>
                <dt className="text-tertiary">{t.has(`proofs.${name}`) ? t(`proofs.${name}`) : name}</dt>
                <dd className="min-w-0 break-all">{typeof fact === "string" ? fact : JSON.stringify(fact)}</dd>
              </Fragment>
            ))}
          </dl>
        </details>
      ) : null}
    </>
  );
}

/** What the person agreed to, since when and by which way, with the whole history below. */
export function ConsentCard({ detail, name }: { detail: ContactDetail; name: string }) {
  const t = useTranslations("contacts");
  const format = useFormatter();
  const { can } = useSession();
  const [change, setChange] = useState<ConsentChange | null>(null);
  const [isOptingIn, setOptingIn] = useState(false);
  // Before the browser has taken over nothing has run out.
  const now = useProductNow()?.getTime() ?? 0;
  const day = (at: Date) => format.dateTime(at, { dateStyle: "medium" });
  const sourceOf = (source: string) => (t.has(`sources.${source}`) ? t(`sources.${source}`) : source);
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("consent")}</CardTitle>
      </CardHeader>
      <CardBody className="space-y-3">
        {consentPurposes.map((purpose) => {
          const given = detail.contact.consents[purpose];
          const standing = consentAt(given, now);
          const state = standing === "none" ? "unknown" : standing;
          const { icon: Icon, ink } = looks[state];
          // Alerts and payments are covered by service until somebody has asked about them alone.
          const isCovered = !given && (purpose === "fraud" || purpose === "transaction");
          const isExempt = detail.consentExempt.some((each) => each === purpose) && standing !== "withdrawn";
          return (
            <div key={purpose} className="flex items-start gap-2.5">
              <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${ink}`} />
              <div className="min-w-0 flex-1 text-sm">
                <p className="font-medium">
                  {isCovered
                    ? t("consentIs", { purpose: t(`purpose.${purpose}`), state: t("asService") })
                    : t("consentIs", { purpose: t(`purpose.${purpose}`), state: t(state) })}
                </p>
                {isExempt ? <p className="text-secondary text-xs">{t("noneNeeded")}</p> : null}
                {given ? (
                  <p className="text-secondary text-xs">
                    {t("since", { date: day(new Date(given.at)) })}, {sourceOf(given.source)}
                    {given.expiresAt ? `, ${t("holdsUntil", { date: day(new Date(given.expiresAt)) })}` : ""}
                  </p>
                ) : null}
              </div>
              {can("edit-contacts") ? (
                <Button
                  size="dense"
                  onClick={() => setChange({ purpose, state: state === "granted" ? "withdrawn" : "granted" })}
                >
                  {t(state === "granted" ? "withdraw" : "grant")}
                </Button>
              ) : null}
            </div>
          );
        })}
        {can("edit-contacts") ? (
          <Button size="dense" onClick={() => setOptingIn(true)}>
            <LinkIcon aria-hidden />
            {t("optIn")}
          </Button>
        ) : null}
        {detail.consents.length > 0 ? (
          <section className="border-border border-t pt-3">
            <h3 className="font-medium text-secondary text-sm">{t("history")}</h3>
            <p className="mb-2 text-tertiary text-xs">{t("consentHelp")}</p>
            <ol className="space-y-2 text-sm">
              {detail.consents.map((row) => (
                <li key={row.id}>
                  <p>{t("consentIs", { purpose: t(`purpose.${row.purpose}`), state: t(row.state) })}</p>
                  <p className="text-secondary text-xs">
                    {t(row.wording ? "consentProof" : "consentFrom", {
                      date: day(row.at),
                      source: sourceOf(row.source),
                      wording: row.wording ?? "",
                    })}
                    {row.expiresAt ? `, ${t("holdsUntil", { date: day(row.expiresAt) })}` : ""}
                  </p>
                  <Proof proof={row.proof} />
                </li>
              ))}
            </ol>
          </section>
        ) : null}
      </CardBody>
      <ConsentDialog change={change} contactId={detail.contact.id} name={name} onClose={() => setChange(null)} />
      {isOptingIn ? <OptInDialog contactId={detail.contact.id} name={name} onClose={() => setOptingIn(false)} /> : null}
    </Card>
  );
}
