"use client";

import { Check, CircleX, Moon } from "lucide-react";
import { useTranslations } from "use-intl";
import { useCheckWords } from "#components/gate-checks/use-check-words.ts";
import { cn } from "#components/ui/cn.ts";
import type { LogEntry } from "#flow/simulation/simulation.ts";
import type { RunTimes } from "./use-test-run.ts";

type GateEntry = Extract<LogEntry, { kind: "gate" }>;

/** A check that passed without having looked at anything tells nobody anything. */
const isTelling = ({ verdict, seen }: GateEntry["checks"][number]): boolean => verdict !== "pass" || seen !== "";

const looks = {
  pass: { icon: Check, tone: "text-success" },
  defer: { icon: Moon, tone: "text-warning" },
  block: { icon: CircleX, tone: "text-danger" },
} as const;

/** Every check of the send gate with the value it saw, then the verdict. */
export function GateLines({ entry, times }: { entry: GateEntry; times: RunTimes }) {
  const t = useTranslations("flowEditor.test.entries");
  const words = useCheckWords();
  const reasons = useTranslations("reasons");
  return (
    <>
      <ul className="space-y-0.5">
        {entry.checks.filter(isTelling).map(({ check, verdict, seen }) => {
          const { icon: Icon, tone } = looks[verdict];
          return (
            <li
              key={check}
              className={cn("flex items-start gap-1.5 text-xs", verdict === "pass" ? "text-secondary" : tone)}
            >
              <Icon aria-hidden className={cn("mt-px size-3.5 shrink-0", tone)} />
              <span className="flex-1">
                <span className="sr-only">{t(`verdicts.${verdict}`)}: </span>
                {words.name({ check })}
              </span>
              <span className={cn("max-w-[55%] text-right", verdict === "pass" && "text-ink")}>
                {words.value(seen)}
              </span>
            </li>
          );
        })}
      </ul>
      {entry.verdict === "send" ? null : (
        <div
          className={cn(
            "flex gap-2 rounded-md border p-2 text-xs",
            entry.verdict === "defer" ? "border-warning-border bg-warning-tint" : "border-danger-border bg-danger-tint",
          )}
        >
          {entry.verdict === "defer" ? (
            <Moon aria-hidden className="size-4 shrink-0 text-warning" />
          ) : (
            <CircleX aria-hidden className="size-4 shrink-0 text-danger" />
          )}
          <div>
            <p className={cn("font-semibold", entry.verdict === "defer" ? "text-warning" : "text-danger")}>
              {entry.until === null ? t("notSent") : t("deferred", { time: times.moment(entry.until) })}
            </p>
            <p className="text-secondary">
              {entry.reason && reasons.has(entry.reason) ? reasons(entry.reason) : t("checkedAgain")}
            </p>
          </div>
        </div>
      )}
    </>
  );
}
