"use client";

import { useCallback } from "react";
import { useFormatter, useTranslations } from "use-intl";
import type { GraphNode } from "#flow/graph.ts";
import { nodeTypeOf } from "#flow/nodes/index.ts";
import { choicesOf, readFields } from "./read-fields.ts";
import { useStepWords } from "./use-step-words.ts";
import { isDuration } from "./value-changes.ts";

const units = { minutes: "minute", hours: "hour", days: "day" } as const;
const longest = 240;
/** Parts of a value that say how it is kept or written, not what it says. */
const howStored = new Set(["from", "kind", "op", "format", "id"]);

/** A value of a setting as a person reads it; null for nothing. `option` names a choice where there is one. */
export function useValueWords() {
  const t = useTranslations("flowEditor.changes");
  const format = useFormatter();
  return useCallback(
    (value: unknown, option: (choice: string) => string = (choice) => choice): string | null => {
      const say = (one: unknown): string | null => {
        if (one === null || one === undefined || one === "") return null;
        if (typeof one === "boolean") return t(one ? "yes" : "no");
        if (typeof one === "number") return format.number(one);
        if (typeof one === "string") return option(one);
        if (isDuration(one))
          return format.number(one.amount, { style: "unit", unit: units[one.unit], unitDisplay: "long" });
        const inside = Object.entries(one).flatMap(([key, part]) => (howStored.has(key) ? [] : (say(part) ?? [])));
        return inside.length > 0 ? inside.join(", ") : null;
      };
      const words = say(value);
      return words && words.length > longest ? `${words.slice(0, longest)}…` : words;
    },
    [t, format],
  );
}

/** The name of a step's setting, and of a choice in it. */
export function useFieldWords() {
  const t = useTranslations("flowEditor.changes");
  const words = useStepWords();
  return useCallback(
    (node: GraphNode, field: string) => {
      const type = nodeTypeOf(node.type);
      const spec = type && readFields(type.config, node.data).fields.find((one) => one.name === field);
      const choices = spec ? choicesOf(spec.schema) : [];
      return {
        name: spec ? words.field(node.type, spec.label) : t.has(`fields.${field}`) ? t(`fields.${field}`) : field,
        option: (choice: string) => (choices.includes(choice) ? words.option(node.type, field, choice) : choice),
      };
    },
    [t, words],
  );
}
