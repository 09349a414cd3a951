"use client";

import { CircleAlert } from "lucide-react";
import { useId } from "react";
import { Input } from "#components/ui/input.tsx";
import type { Hours } from "#flow/gate/quiet-hours.ts";

type HoursFieldProps = {
  from: string;
  to: string;
  legend: string;
  value: Hours;
  help?: string;
  problem?: string;
  onChange: (hours: Hours) => void;
};

/** Two times of the day, read as one sentence. An emptied time keeps its last value. */
export function HoursField({ from, to, legend, value, help, problem, onChange }: HoursFieldProps) {
  const noteId = useId();
  const note = problem ?? help;
  const time = (name: "from" | "to", label: string) => (
    <Input
      type="time"
      aria-label={`${legend}: ${label}`}
      aria-describedby={note ? noteId : undefined}
      aria-invalid={problem ? true : undefined}
      value={value[name]}
      onChange={({ target }) => target.value && onChange({ ...value, [name]: target.value })}
      className="tabular w-32"
    />
  );
  return (
    <div className="space-y-1.5">
      <div className="flex flex-wrap items-center gap-2 text-sm">
        <span>{from}</span>
        {time("from", from)}
        <span>{to}</span>
        {time("to", to)}
      </div>
      {note ? (
        <p id={noteId} className={`flex items-start gap-1.5 text-xs ${problem ? "text-danger" : "text-secondary"}`}>
          {problem ? <CircleAlert aria-hidden className="mt-px size-3.5 shrink-0" /> : null}
          <span>{note}</span>
        </p>
      ) : null}
    </div>
  );
}
