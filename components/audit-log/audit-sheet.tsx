"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { Button } from "#components/ui/button.tsx";
import { Sheet } from "#components/ui/sheet.tsx";
import { type AuditRow, type Fact, factsOf, placeOf } from "./audit-row.ts";
import { useAuditWords } from "./use-audit-words.ts";

/** One row whole: who, what, when, and every value before and after. */
export function AuditSheet({ row, onClose }: { row: AuditRow; onClose: () => void }) {
  const t = useTranslations("auditLog");
  const common = useTranslations("common");
  const format = useFormatter();
  const words = useAuditWords();
  const { changes, facts } = factsOf(row.detail);
  const place = placeOf(row);
  return (
    <Sheet
      open
      onOpenChange={(isOpen) => (isOpen ? undefined : onClose())}
      title={words.action(row.action)}
      description={t("row", { sequence: row.sequence })}
      closeLabel={common("close")}
      footer={
        <>
          <Button asChild>
            <Link href={`/settings/audit?about=${encodeURIComponent(row.subjectId)}`} onClick={onClose}>
              {t("allOfIt")}
            </Link>
          </Button>
          {place ? (
            <Button asChild>
              <Link href={place}>{common("open")}</Link>
            </Button>
          ) : null}
        </>
      }
    >
      <dl className="space-y-2.5 text-sm">
        <Line name={t("columns.who")}>{words.actor(row)}</Line>
        <Line name={t("columns.when")}>
          {format.dateTime(row.at, { dateStyle: "medium", timeStyle: "medium", hourCycle: "h23" })}
        </Line>
        <Line name={t("columns.subject")}>
          {words.subject(row.subject)} {row.subjectName && row.subject !== "approval" ? row.subjectName : ""}
          <span className="block break-all font-mono text-secondary text-xs">{row.subjectId}</span>
        </Line>
      </dl>
      {changes.length > 0 ? <Changes changes={changes} /> : null}
      {facts.length > 0 ? (
        <section className="mt-5">
          <h3 className="mb-2 font-semibold text-sm">{t("facts")}</h3>
          <dl className="space-y-2.5 text-sm">
            {facts.map(({ name, after }) => (
              <Line key={name} name={name}>
                <span className="break-words">{after}</span>
              </Line>
            ))}
          </dl>
        </section>
      ) : null}
    </Sheet>
  );
}

function Line({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[8rem_1fr] gap-3">
      <dt className="break-words text-secondary">{breakable(name)}</dt>
      <dd className="min-w-0">{children}</dd>
    </div>
  );
}

/** "texts.en.title" may end its line after a dot, not in the middle of a word. */
const breakable = (name: string): string => name.replaceAll(".", ".\u200b");

function Changes({ changes }: { changes: Fact[] }) {
  const t = useTranslations("auditLog");
  return (
    <section className="mt-5">
      <h3 className="mb-2 font-semibold text-sm">{t("changes")}</h3>
      <div className="overflow-x-auto rounded-md border border-border">
        <table className="w-full text-left text-xs">
          <thead className="bg-sunken text-secondary">
            <tr className="*:px-3 *:py-1.5 *:font-medium">
              <th scope="col">{t("field")}</th>
              <th scope="col">{t("before")}</th>
              <th scope="col">{t("after")}</th>
            </tr>
          </thead>
          <tbody className="divide-y divide-border align-top">
            {changes.map(({ name, before, after }) => (
              <tr key={name} className="*:px-3 *:py-1.5">
                <th scope="row" className="break-words font-medium">
                  {breakable(name) || t("value")}
                </th>
                <td className="break-words text-danger">{before || "–"}</td>
                <td className="break-words text-success">{after || "–"}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
