"use client";

import { useTranslations } from "use-intl";
import { cn } from "#components/ui/cn.ts";
import type { Graph } from "#flow/graph.ts";
import type { Catalog } from "#flow/template.ts";
import { ChangeCounts } from "./change-counts.tsx";
import { changeLooks } from "./change-looks.ts";
import { type ChangeLine, type FieldLine, useChangeLines } from "./use-change-lines.ts";

type ChangeListProps = {
  before: Graph;
  after: Graph;
  catalog: Catalog;
  emptyText: string;
  /** One column, where something else stands beside it. */
  isNarrow?: boolean;
};

/** What is different between two graphs, in words: steps, connections and settings that came, went or changed. */
export function ChangeList({ before, after, catalog, emptyText, isNarrow }: ChangeListProps) {
  const lines = useChangeLines(before, after, catalog);
  if (lines.length === 0) return <p className="text-secondary text-sm">{emptyText}</p>;
  return (
    <>
      <div className="mb-3">
        <ChangeCounts lines={lines} />
      </div>
      <ul className={cn("grid gap-x-6 gap-y-3", isNarrow ? "" : "sm:grid-cols-2")}>
        {lines.map((line) => (
          <li key={`${line.group} ${line.kind} ${line.id}`} className="flex min-w-0 gap-2.5">
            <ChangeTile kind={line.kind} />
            <Words line={line} />
          </li>
        ))}
      </ul>
    </>
  );
}

/** The mark of a kind of change. */
export function ChangeTile({ kind }: { kind: ChangeLine["kind"] }) {
  const { icon: Icon, tile } = changeLooks[kind];
  return (
    <span aria-hidden className={cn("mt-0.5 grid size-5 shrink-0 place-items-center rounded-xs", tile)}>
      <Icon className="size-3.5" />
    </span>
  );
}

function Words({ line: { kind, title, detail, fields } }: { line: ChangeLine }) {
  const t = useTranslations("flowEditor.changes");
  const short = (text: string | null) => text === null || text.length <= 60;
  const say = ({ name, from, to }: FieldLine): string =>
    short(from) && short(to) ? t("fieldChange", { name, from: from ?? t("nothing"), to: to ?? t("nothing") }) : name;
  return (
    <span className="min-w-0">
      <span className="block truncate font-medium text-sm">
        <span className="sr-only">{t(`kinds.${kind}`)}: </span>
        {title}
      </span>
      <span className="block text-secondary text-xs [overflow-wrap:anywhere]">
        {fields.length > 0 ? fields.slice(0, 4).map(say).join(" · ") : detail}
      </span>
    </span>
  );
}
