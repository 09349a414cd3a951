"use client";

import { Minus, Pencil, Plus, SlidersHorizontal } from "lucide-react";
import { useMemo } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { Chip } from "#components/ui/chip.tsx";
import { cn } from "#components/ui/cn.ts";
import type { Graph, GraphNode } from "#flow/graph.ts";
import { nodeTypeOf } from "#flow/nodes/index.ts";
import type { Catalog } from "#flow/template.ts";
import { graphChange } from "./graph-change.ts";
import { readFields } from "./read-fields.ts";
import { useStepWords } from "./use-step-words.ts";

type Line = { kind: "added" | "changed" | "removed" | "settings"; key: string; title: string; detail: string };

const looks = {
  added: { icon: Plus, tile: "bg-success-tint text-success" },
  changed: { icon: Pencil, tile: "bg-warning-tint text-warning" },
  removed: { icon: Minus, tile: "bg-danger-tint text-danger" },
  settings: { icon: SlidersHorizontal, tile: "bg-sunken text-secondary" },
} as const;

type ChangeListProps = { before: Graph; after: Graph; catalog: Catalog; emptyText: string };

/** What is different between two graphs, in words: steps added, changed (in which of their settings), removed, and settings of the flow. */
export function ChangeList({ before, after, catalog, emptyText }: ChangeListProps) {
  const t = useTranslations("flowEditor.changes");
  const lines = useLines(before, after, catalog);
  if (lines.length === 0) return <p className="text-secondary text-sm">{emptyText}</p>;
  const count = (kind: Line["kind"]) => lines.filter((line) => line.kind === kind).length;
  return (
    <>
      <div className="mb-3 flex flex-wrap gap-1.5">
        {count("added") ? <Chip tone="success">{t("added", { count: count("added") })}</Chip> : null}
        {count("removed") ? <Chip tone="danger">{t("removed", { count: count("removed") })}</Chip> : null}
        {count("changed") ? <Chip tone="warning">{t("changed", { count: count("changed") })}</Chip> : null}
      </div>
      <ul className="grid gap-x-6 gap-y-3 sm:grid-cols-2">
        {lines.map(({ kind, key, title, detail }) => {
          const { icon: Icon, tile } = looks[kind];
          return (
            <li key={key} className="flex min-w-0 gap-2.5">
              <span aria-hidden className={cn("mt-0.5 grid size-5 shrink-0 place-items-center rounded-xs", tile)}>
                <Icon className="size-3.5" />
              </span>
              <span className="min-w-0">
                <span className="block truncate font-medium text-sm">
                  <span className="sr-only">{t(`kinds.${kind}`)}: </span>
                  {title}
                </span>
                <span className="block text-secondary text-xs">{detail}</span>
              </span>
            </li>
          );
        })}
      </ul>
    </>
  );
}

function useLines(before: Graph, after: Graph, catalog: Catalog): Line[] {
  const t = useTranslations("flowEditor.changes");
  const words = useStepWords();
  const format = useFormatter();
  const change = useMemo(() => graphChange(before, after), [before, after]);
  const step = (kind: Line["kind"], node: GraphNode, detail: string): Line => ({
    kind,
    key: `${kind} ${node.id}`,
    title: words.title(node),
    detail,
  });
  const fieldName = (node: GraphNode, field: string): string => {
    const spec = fieldOf(node, field);
    return spec ? words.field(node.type, spec) : t.has(`fields.${field}`) ? t(`fields.${field}`) : field;
  };
  /** The setting's name, and both its values where they are short enough to say. */
  const fieldChange = (node: GraphNode, field: string): string => {
    const name = fieldName(node, field);
    const was = before.nodes.find((one) => one.id === node.id);
    const [from, to] = [was && shortValue(was, field), shortValue(node, field)];
    return from && to ? t("fieldChange", { name, from, to }) : name;
  };
  return [
    ...change.added.map((node) => step("added", node, words.summary(node, catalog))),
    ...change.changed.map(({ node, fields }) =>
      step(
        "changed",
        node,
        format.list(
          fields.map((field) => fieldChange(node, field)),
          { type: "conjunction" },
        ),
      ),
    ),
    ...change.removed.map((node) => step("removed", node, words.summary(node, catalog))),
    ...(change.settings.length > 0
      ? [
          {
            kind: "settings" as const,
            key: "settings",
            title: t("settings"),
            detail: format.list(
              change.settings.map((key) => t(`settingNames.${key}`)),
              { type: "conjunction" },
            ),
          },
        ]
      : []),
  ];
}

/** A value that is a word or a number; null for what has a form of its own, or is too long for a line. */
function shortValue(node: GraphNode, field: string): string | null {
  const value = field === "title" ? node.title : node.data[field];
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value !== "" && value.length <= 60 ? value : null;
}

/** The label of a setting, by the name it has in the step's data. */
function fieldOf(node: GraphNode, name: string): string | undefined {
  const type = nodeTypeOf(node.type);
  return type ? readFields(type.config, node.data).fields.find((field) => field.name === name)?.label : undefined;
}
