"use client";

import { Check, CircleX, Minus } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { cn } from "#components/ui/cn.ts";
import { type Attempt, type Line, type Subject, useWhyWords } from "./use-why-words.ts";

const looks = {
  holds: { icon: Check, ink: "text-success" },
  fails: { icon: CircleX, ink: "text-danger" },
  idle: { icon: Minus, ink: "text-tertiary" },
} as const;

type RuleTableProps = { subject: Subject; attempt: Attempt };

/** Why an event did not let the person in: the reason in words, then each rule with what it needs, what the person had, and where that came from. */
export function RuleTable({ subject, attempt }: RuleTableProps) {
  const t = useTranslations("why");
  const words = useWhyWords();
  const { name, flow } = subject;
  const { rules, reEntry } = attempt;
  return (
    <>
      <p className="border-border border-t bg-danger-tint px-4 py-2 text-sm">
        <strong>{t("whyNot")}</strong> {words.refusal(attempt, name)}
      </p>
      {rules.length > 0 || reEntry ? (
        <div className="overflow-x-auto border-border border-t">
          <table className="w-full min-w-[640px] text-left text-sm">
            <caption className="sr-only">{t("table.caption", { flow: flow.name })}</caption>
            <thead className="bg-sunken/60 text-secondary text-xs">
              <tr className="h-7">
                <th scope="col" className="w-10 pl-4">
                  <span className="sr-only">{t("table.verdict")}</span>
                </th>
                <HeadCell>{t("table.rule")}</HeadCell>
                <HeadCell>{t("table.needs")}</HeadCell>
                <HeadCell>{t("table.had", { name, date: words.moment(attempt.at) })}</HeadCell>
                <HeadCell>{t("table.from")}</HeadCell>
              </tr>
            </thead>
            <tbody>
              {rules.map((line, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place in the rule
                <RuleRow key={index} line={line} subject={subject} />
              ))}
              {reEntry ? (
                <Row
                  verdict={reEntry.holds ? "holds" : "fails"}
                  cells={[t("reEntry"), words.reEntryNeeds(reEntry), words.reEntryHad(reEntry), t("flowSetting")]}
                />
              ) : null}
            </tbody>
          </table>
        </div>
      ) : null}
    </>
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
  const had = line.test ? words.value(line.actual) : "";
  return (
    <Row
      verdict={line.verdict}
      depth={line.depth}
      cells={[
        words.ruleName(line),
        words.needs(line),
        line.now === undefined ? (
          had
        ) : (
          <>
            {had} <span className="font-normal text-secondary">{t("nowIs", { value: words.value(line.now) })}</span>
          </>
        ),
        line.test ? words.source(line, subject) : "",
      ]}
    />
  );
}

type RowProps = { verdict: Line["verdict"]; depth?: number; cells: [ReactNode, ...ReactNode[]] };

function Row({ verdict, depth = 0, cells: [rule, needs, had, from] }: RowProps) {
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
      <td className="px-3 text-secondary">{from}</td>
    </tr>
  );
}
