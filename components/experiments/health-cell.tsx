import { CircleCheck, CircleDashed, type LucideIcon, ShieldAlert, ShieldQuestion } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "#components/ui/cn.ts";

export type HealthReading = { tone: "good" | "bad" | "open"; words: string };
const icons: Record<HealthReading["tone"], LucideIcon> = { good: CircleCheck, bad: ShieldAlert, open: ShieldQuestion };
const inks: Record<HealthReading["tone"], string> = {
  good: "text-success",
  bad: "text-danger",
  open: "text-warning",
};

type HealthCellProps = {
  name: string;
  reading?: HealthReading | null;
  value: ReactNode;
  evidence: ReactNode;
  more?: ReactNode;
};

/** One thing of the health strip: what is asked, how it stands, and the number that it rests on. */
export function HealthCell({ name, reading, value, evidence, more }: HealthCellProps) {
  const Icon = reading ? icons[reading.tone] : CircleDashed;
  return (
    <div className="min-w-0 px-4 py-2.5">
      <div className="flex items-center justify-between gap-3 text-secondary text-xs">
        <span className="truncate">{name}</span>
        {reading ? (
          <span className={cn("inline-flex shrink-0 items-center gap-1 font-medium", inks[reading.tone])}>
            <Icon aria-hidden className="size-3.5" />
            {reading.words}
          </span>
        ) : null}
      </div>
      <p className="tabular mt-0.5 truncate font-semibold text-base">{value}</p>
      <p className="truncate text-secondary text-xs" title={typeof evidence === "string" ? evidence : undefined}>
        {evidence}
      </p>
      {more}
    </div>
  );
}
