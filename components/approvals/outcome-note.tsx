"use client";

import { CircleAlert, CirclePause } from "lucide-react";
import Link from "next/link";
import { useLocale, useTranslations } from "use-intl";
import type { Approval } from "#components/approval-ask/approval.ts";
import { AccountStandings } from "#components/template-words/account-standings.tsx";
import { languageName } from "#components/template-words/language-name.ts";
import { TemplateStatusChip } from "#components/template-words/template-status.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { Card } from "#components/ui/card.tsx";
import { Chip } from "#components/ui/chip.tsx";

/** What became of it: a flow that does not run, and what WhatsApp answered to a template that we approved. */
export function OutcomeNote({ approval: { outcome, subjectId, state } }: { approval: Approval }) {
  const t = useTranslations("approvals.outcome");
  if (outcome?.subject === "template")
    return (
      <section aria-labelledby="outcome">
        <h3 id="outcome" className="mb-2 text-h2">
          {t("title")}
        </h3>
        <Card>
          {outcome.accounts.length > 0 ? (
            <div className="px-4 py-3">
              <AccountStandings accounts={outcome.accounts} />
            </div>
          ) : (
            <ul>
              {outcome.languages.map((one) => (
                <Answer key={one.language} {...one} />
              ))}
            </ul>
          )}
          {outcome.languages.some((one) => !one.hasLeft) ? (
            <p className="border-border border-t px-4 py-2.5 text-secondary text-xs">
              {t("notLeftHint")}{" "}
              <Link href={`/templates/${subjectId}`} className="text-accent hover:underline">
                {t("toTemplate")}
              </Link>
            </p>
          ) : null}
        </Card>
      </section>
    );
  const status = outcome?.status;
  const stands = status === "paused" || status === "held" || status === "archived";
  if (!stands || (state !== "open" && state !== "approved")) return null;
  return (
    <Callout tone="warning" icon={CirclePause}>
      {t("flow", { status })}
    </Callout>
  );
}

type Answered = Extract<NonNullable<Approval["outcome"]>, { subject: "template" }>["languages"][number];

/** One language: WhatsApp's status, or that it is not there; its own words below. */
function Answer({ language, status, detail, hasLeft }: Answered) {
  const t = useTranslations("approvals.outcome");
  const locale = useLocale();
  return (
    <li className="border-border border-b px-4 py-2.5 text-sm last:border-b-0">
      <span className="flex items-center justify-between gap-3">
        <span className="truncate font-medium">{languageName(language, locale)}</span>
        {hasLeft || status === "rejected" ? (
          <TemplateStatusChip status={status} />
        ) : (
          <Chip tone="warning" icon={CircleAlert}>
            {t("notLeft")}
          </Chip>
        )}
      </span>
      {detail ? <span className="mt-0.5 block text-secondary text-xs [overflow-wrap:anywhere]">{detail}</span> : null}
    </li>
  );
}
