"use client";

import { useMemo } from "react";
import { useFormatter, useTranslations } from "use-intl";
import type { Aid, AidField } from "./graph-change.ts";
import type { ChangeLine, Compared } from "./use-change-lines.ts";
import { useStepWords } from "./use-step-words.ts";

/** What is different in the notes and groups of two graphs, in words. */
export function useAidLines({ before, after, change }: Compared): ChangeLine[] {
  const t = useTranslations("flowEditor.changes");
  const groups = useTranslations("flowEditor.groups");
  const colours = useTranslations("flowEditor.colours");
  const words = useStepWords();
  const format = useFormatter();
  return useMemo(() => {
    const steps = new Map([...before.nodes, ...after.nodes].map((node) => [node.id, node]));
    const stepNames = (ids: readonly string[]) =>
      format.list(
        ids.flatMap((id) => {
          const step = steps.get(id);
          return step ? words.title(step) : [];
        }),
      );
    const value = (aid: Aid, field: AidField): string | null => {
      if (field === "colour") return colours(aid.colour);
      if (aid.kind === "note") return field === "text" ? aid.text || null : null;
      return (field === "name" ? aid.name : stepNames(aid.steps)) || null;
    };
    const line = (kind: ChangeLine["kind"], aid: Aid): ChangeLine => ({
      ...{ group: "aids", kind, id: aid.id, fields: [] },
      title: aid.kind === "note" ? t("aids.note") : t("aids.group", { name: aid.name || groups("unnamed") }),
      detail: aid.kind === "note" ? aid.text : groups("steps", { count: aid.steps.length }),
    });
    const { added, removed, changed } = change.aids;
    return [
      ...removed.map((aid) => line("removed", aid)),
      ...changed.map(({ aid, was, fields }) => ({
        ...line("changed", aid),
        fields: fields.map((field) => ({
          name: t(`aids.fields.${field}`),
          from: value(was, field),
          to: value(aid, field),
        })),
      })),
      ...added.map((aid) => line("added", aid)),
    ];
  }, [before, after, change, t, groups, colours, words, format]);
}
