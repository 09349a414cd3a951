"use client";

import { useFormatter, useTranslations } from "use-intl";
import { Select } from "#components/ui/select.tsx";
import { draftKey, type FlowVersion } from "./flow-version.ts";

type ComparePickerProps = {
  flow: { updatedBy: string };
  versions: FlowVersion[];
  from: string;
  to: string;
  onChange: (change: { from?: string; to?: string }) => void;
};

/** Which two are compared, each by number, time and person. */
export function ComparePicker({ flow, versions, from, to, onChange }: ComparePickerProps) {
  const t = useTranslations("flowHistory");
  const format = useFormatter();
  const options = [
    {
      value: draftKey,
      label: <Named name={t("draft")} note={flow.updatedBy} />,
    },
    ...versions.map(({ number, publishedAt, isRunning }) => ({
      value: String(number),
      label: (
        <Named
          name={t("version", { number })}
          note={
            isRunning
              ? t("runningSince", { when: format.dateTime(publishedAt, { day: "numeric", month: "short" }) })
              : format.dateTime(publishedAt, { dateStyle: "medium", timeStyle: "short" })
          }
        />
      ),
    })),
  ];
  return (
    <div className="grid grid-cols-[auto_minmax(0,1fr)] items-center gap-x-3 gap-y-2 text-sm">
      <span id="history-from" className="text-secondary">
        {t("from")}
      </span>
      <Select
        aria-label={t("from")}
        value={from}
        options={options}
        onValueChange={(next) => onChange({ from: next })}
      />
      <span id="history-to" className="text-secondary">
        {t("to")}
      </span>
      <Select aria-label={t("to")} value={to} options={options} onValueChange={(next) => onChange({ to: next })} />
    </div>
  );
}

function Named({ name, note }: { name: string; note: string }) {
  return (
    <span className="inline-flex max-w-full items-baseline gap-1.5">
      <span className="font-semibold">{name}</span>
      <span className="truncate text-secondary">{note}</span>
    </span>
  );
}
