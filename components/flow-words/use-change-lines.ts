"use client";

import { useMemo } from "react";
import { useFormatter, useTranslations } from "use-intl";
import type { FlowSettings, Graph, GraphEdge, GraphNode } from "#flow/graph.ts";
import type { Catalog } from "#flow/template.ts";
import { type GraphChange, graphChange, wayOf } from "./graph-change.ts";
import { readableName } from "./readable-name.ts";
import { handlesOf } from "./step-handles.ts";
import { useAidLines } from "./use-aid-lines.ts";
import { useStepWords } from "./use-step-words.ts";
import { useFieldWords, useValueWords } from "./use-value-words.ts";
import { valueChanges } from "./value-changes.ts";

/** A setting before and after, in words; null: nothing. */
export type FieldLine = { name: string; from: string | null; to: string | null };

/** One change between two graphs, in words. `id` is the step's, the note's or the group's, or the connection's (`wayOf`). */
export type ChangeLine = {
  group: "steps" | "connections" | "aids" | "settings";
  kind: "added" | "removed" | "changed";
  id: string;
  title: string;
  detail: string;
  fields: FieldLine[];
};

/** Two graphs, and what is different in them. */
export type Compared = { before: Graph; after: Graph; change: GraphChange };

/** What is different between two graphs: steps, how they are connected, notes and groups, then settings of the flow. */
export function useChangeLines(before: Graph, after: Graph, catalog: Catalog): ChangeLine[] {
  const change = useMemo(() => graphChange(before, after), [before, after]);
  const compared = { before, after, change };
  const steps = useStepLines(compared, catalog);
  const connections = useConnectionLines(compared, catalog);
  const aids = useAidLines(compared);
  const settings = useSettingLines(compared);
  return useMemo(() => [...steps, ...connections, ...aids, ...settings], [steps, connections, aids, settings]);
}

function useStepLines({ change }: Compared, catalog: Catalog): ChangeLine[] {
  const words = useStepWords();
  const format = useFormatter();
  const fieldWords = useFieldWords();
  const valueWords = useValueWords();
  return useMemo(() => {
    const whole = (kind: "added" | "removed") => (node: GraphNode) => ({
      ...{ group: "steps" as const, kind, id: node.id, title: words.title(node) },
      detail: words.summary(node, catalog),
      fields: [],
    });
    const fieldsOf = (was: GraphNode, node: GraphNode, field: string): FieldLine[] => {
      const { name, option } = fieldWords(node, field);
      const [from, to] = field === "title" ? [was.title, node.title] : [was.data[field], node.data[field]];
      return valueChanges(from, to).map((one) => ({
        name: [name, ...placeNames(one.path)].join(", "),
        from: valueWords(one.from, option),
        to: valueWords(one.to, option),
      }));
    };
    return [
      ...change.removed.map(whole("removed")),
      ...change.changed.map(({ was, node, fields }) => ({
        ...{ group: "steps" as const, kind: "changed" as const, id: node.id, title: words.title(node) },
        detail: format.list(fields.map((field) => fieldWords(node, field).name)),
        fields: fields.flatMap((field) => fieldsOf(was, node, field)),
      })),
      ...change.added.map(whole("added")),
    ];
  }, [change, catalog, words, format, fieldWords, valueWords]);
}

/** Keys inside a setting that a maker knows: names of blanks and places in a list, not how we store a value. */
const placeNames = (path: string[], named: (key: string) => string = readableName): string[] =>
  path.flatMap((key) =>
    ["from", "path", "text", "value", "kind", "target", "rule", "mode"].includes(key)
      ? []
      : [/^\d+$/.test(key) ? String(Number(key) + 1) : named(key)],
  );

function useConnectionLines({ before, after, change }: Compared, catalog: Catalog): ChangeLine[] {
  const t = useTranslations("flowEditor.changes");
  const words = useStepWords();
  return useMemo(() => {
    const { added, removed, connections } = change;
    const isNew = new Set(added.map((node) => node.id));
    const isGone = new Set(removed.map((node) => node.id));
    const line = (kind: "added" | "removed", graph: Graph) => (edge: GraphEdge) => {
      const [source, target] = [edge.source, edge.target].map((id) => graph.nodes.find((node) => node.id === id));
      if (!source || !target) return [];
      const handle = handlesOf(source, catalog).find((one) => one.id === edge.sourceHandle);
      return [
        {
          ...{ group: "connections" as const, kind, id: wayOf(edge), fields: [] },
          title: t("connection", { from: words.title(source), to: words.title(target) }),
          detail:
            handle && handle.place !== "main"
              ? t("way", { way: words.way(source, handle, catalog) })
              : t(`ways.${kind}`),
        },
      ];
    };
    // What leads on from a step that is new, or led to or from one that is gone, follows from the step.
    return [
      ...connections.added.filter((edge) => !isNew.has(edge.source)).flatMap(line("added", after)),
      ...connections.removed
        .filter((edge) => !isGone.has(edge.source) && !isGone.has(edge.target))
        .flatMap(line("removed", before)),
    ];
  }, [before, after, change, catalog, t, words]);
}

function useSettingLines({ before, after, change }: Compared): ChangeLine[] {
  const t = useTranslations("flowEditor.changes");
  const settings = useTranslations("flowEditor.settings");
  const valueWords = useValueWords();
  return useMemo(() => {
    const option = (key: keyof FlowSettings) => (choice: string) => {
      if (key === "purpose" && settings.has(`purposes.${choice}.name` as never))
        return settings(`purposes.${choice}.name` as never);
      if (key === "reEntry" && settings.has(`reEntryModes.${choice}` as never))
        return settings(`reEntryModes.${choice}` as never);
      return choice;
    };
    const part = (key: string) =>
      t.has(`settingParts.${key}` as never) ? t(`settingParts.${key}` as never) : readableName(key);
    return change.settings.map((key) => {
      const changes = valueChanges(before.settings[key], after.settings[key]).map((one) => ({
        name: [t(`settingNames.${key}`), ...placeNames(one.path, part)].join(", "),
        from: valueWords(one.from, option(key)),
        to: valueWords(one.to, option(key)),
      }));
      const [first] = changes;
      return {
        ...{ group: "settings" as const, kind: "changed" as const, id: key, fields: changes },
        title: t(`settingNames.${key}`),
        detail:
          first && changes.length === 1
            ? t("becomes", { from: first.from ?? t("nothing"), to: first.to ?? t("nothing") })
            : "",
      };
    });
  }, [before, after, change, t, settings, valueWords]);
}
