"use client";

import { X } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { changeLooks } from "#components/flow-words/change-looks.ts";
import { FieldChange } from "#components/flow-words/field-change.tsx";
import type { ChangeLine } from "#components/flow-words/use-change-lines.ts";
import { Chip } from "#components/ui/chip.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";

/** Beside a chosen step: each of its settings before and after, and what else belongs to it. */
export function ChangeCard({
  line: { kind, title, detail, fields },
  onClose,
  children,
}: {
  line: ChangeLine;
  onClose: () => void;
  children?: ReactNode;
}) {
  const t = useTranslations("flowDiff");
  const kinds = useTranslations("flowEditor.changes.kinds");
  const { tone, icon } = changeLooks[kind];
  return (
    <section
      aria-label={title}
      className="floating nowheel nopan w-80 max-w-[calc(100vw-3rem)] rounded-lg border border-border bg-raised"
    >
      <header className="flex items-center gap-2 py-2 pr-2 pl-3.5">
        <Chip tone={tone} icon={icon}>
          {kinds(kind)}
        </Chip>
        <h4 className="min-w-0 flex-1 truncate font-semibold text-sm">{title}</h4>
        {fields.length > 1 ? (
          <span className="text-secondary text-xs">{t("fields", { count: fields.length })}</span>
        ) : null}
        <IconButton size="dense" icon={X} label={t("close")} onClick={onClose} />
      </header>
      {fields.length > 0 ? (
        <dl className="max-h-44 divide-y divide-border overflow-y-auto border-border border-t px-3.5 py-1">
          {fields.map((field) => (
            <FieldChange key={`${field.name} ${field.from} ${field.to}`} line={field} />
          ))}
        </dl>
      ) : detail ? (
        <p className="border-border border-t px-3.5 py-2 text-secondary text-sm">{detail}</p>
      ) : null}
      {children ? <div className="border-border border-t px-3.5 py-2.5">{children}</div> : null}
    </section>
  );
}
