"use client";

import { Check, CircleX, Minus } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { cn } from "#components/ui/cn.ts";
import { inOrder } from "#components/ui/in-order.tsx";
import { ScrollArea } from "#components/ui/scroll-area.tsx";
import { type Attempt, type Line, type Subject, useWhyWords } from "./use-why-words.ts";

const looks = {
  holds: { icon: Check, ink: "text-success" },
  fails: { icon: CircleX, ink: "text-danger" },
  idle: { icon: Minus, ink: "text-tertiary" },
} as const;

type RuleTableProps = { subject: Subject; attempt: Attempt };

/** Why an event did not let the person in: the reason in words, then the rules line by line. */
export function RuleTable({ subject, attempt }: RuleTableProps) {
  const t = useTranslations("why");
  const words = useWhyWords();
  return (
    <>
      <p className="border-border border-t bg-danger-tint px-4 py-2 text-sm">
        <strong>{t("whyNot")}</strong> {words.refusal(attempt, subject.name)}
      </p>
      <Lines subject={subject} attempt={attempt} />
    </>
  );
}

/** The entry rules of somebody whom they let in, folded: what the person had then is asked for later, too. */
export function HeldRules({ subject, attempt }: RuleTableProps) {
  const t = useTranslations("why");
  const count = attempt.rules.filter((line) => line.test).length;
  if (count === 0) return null;
  return (
    <details className="border-border border-t">
      <summary className="w-fit cursor-pointer rounded-sm px-4 py-2 text-secondary text-sm hover:text-ink">
        {t("allHeld", { count })}
      </summary>
      <Lines subject={subject} attempt={attempt} />
    </details>
  );
}

/** Each rule with what it needs, what the person had then, what they have today, and where that came from. */
function Lines({ subject, attempt }: RuleTableProps) {
  const t = useTranslations("why");
  const words = useWhyWords();
  const { name, flow } = subject;
  const { rules, reEntry } = attempt;
  if (rules.length === 0 && !reEntry) return null;
  return (
    <ScrollArea
      as="section"
      aria-label={t("table.caption", { flow: flow.name })}
      className="overflow-x-auto print:overflow-visible border-border border-t"
    >
      <table className="w-full min-w-[720px] print:min-w-0 text-left text-sm">
        <thead className="bg-sunken/60 text-secondary text-xs">
          <tr className="h-7">
            <th scope="col" className="w-10 pl-4">
              <span className="sr-only">{t("table.verdict")}</span>
            </th>
            <HeadCell>{t("table.rule")}</HeadCell>
            <HeadCell>{t("table.needs")}</HeadCell>
            <HeadCell>{t("table.had", { name, date: words.moment(attempt.at) })}</HeadCell>
            <HeadCell>{t("table.now")}</HeadCell>
            <HeadCell>{t("table.from")}</HeadCell>
          </tr>
        </thead>
        <tbody>
          {inOrder(rules, (line) => (
            <RuleRow line={line} subject={subject} />
          ))}
          {reEntry ? (
            <Row
              verdict={reEntry.holds ? "holds" : "fails"}
              cells={[t("reEntry"), words.reEntryNeeds(reEntry), words.reEntryHad(reEntry), "", t("flowSetting")]}
            />
          ) : null}
        </tbody>
      </table>
    </ScrollArea>
  );
}

const HeadCell = ({ children }: { children: ReactNode }) => (
  <th scope="col" className="px-3 font-medium">
    {children}
  </th>
);

function RuleRow({ line, subject }: { line: Line; subject: Subject }) {
  const t = useTranslations("why");
  const words = useWhyWords();
  const isOther = line.now !== undefined;
  const now = line.test ? (
    <span className={isOther ? "font-medium text-ink" : "text-secondary"}>
      {isOther ? words.value(line.now ?? null) : t("table.same")}
    </span>
  ) : null;
  return (
    <Row
      verdict={line.verdict}
      depth={line.depth}
      cells={[
        words.ruleName(line),
        words.needs(line),
        line.test ? words.value(line.actual) : "",
        now,
        line.test ? words.source(line, subject) : "",
      ]}
    />
  );
}

type RowProps = { verdict: Line["verdict"]; depth?: number; cells: [ReactNode, ...ReactNode[]] };

function Row({ verdict, depth = 0, cells: [rule, needs, had, now, from] }: RowProps) {
  const t = useTranslations("why");
  const { icon: Icon, ink } = looks[verdict];
  const isFailing = verdict === "fails";
  return (
    <tr className={cn("h-9 border-border border-t", isFailing && "bg-danger-tint")}>
      <td className="pl-4">
        <Icon aria-label={t(`lines.${verdict}`)} className={cn("size-4", ink)} />
      </td>
      <th scope="row" className="px-3 font-medium" style={{ paddingLeft: 12 + depth * 16 }}>
        {rule}
      </th>
      <td className="px-3 text-secondary">{needs}</td>
      <td className={cn("px-3", isFailing && "font-semibold text-danger")}>{had}</td>
      <td className="px-3">{now}</td>
      <td className="px-3 text-secondary">{from}</td>
    </tr>
  );
}
