"use client";

import { useTranslations } from "use-intl";
import { ChangeList } from "#components/flow-words/change-list.tsx";
import type { Graph } from "#flow/graph.ts";
import { useEditor } from "../editor-state/editor-context.tsx";

type BothSidesProps = { base: Graph; mine: Graph; theirs: { graph: Graph; updatedBy: string } };

/** Beside each other: what either person changed since both had the same draft. */
export function BothSides({ base, mine, theirs }: BothSidesProps) {
  const t = useTranslations("flowEditor.conflict");
  const catalog = useEditor((state) => state.catalog);
  const sides = [
    { title: t("yours"), graph: mine },
    { title: t("theirs", { name: theirs.updatedBy }), graph: theirs.graph },
  ];
  return (
    <div className="grid gap-4 md:grid-cols-2">
      {sides.map(({ title, graph }) => (
        <section key={title} aria-label={title} className="rounded-lg border border-border p-4">
          <h3 className="mb-2 font-semibold text-sm">{title}</h3>
          <ChangeList before={base} after={graph} catalog={catalog} emptyText={t("nothingHere")} isNarrow />
        </section>
      ))}
    </div>
  );
}
