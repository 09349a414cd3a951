"use client";

import { useMemo } from "react";
import { useLocale, useTranslations } from "use-intl";
import type { Handle, Label } from "#flow/define-node.ts";
import type { GraphNode } from "#flow/graph.ts";
import type { Catalog } from "#flow/template.ts";
import { answerIn } from "./answer-in.ts";
import { summaryOf } from "./step-handles.ts";

/** Turns what node types say in message keys into words of the person's language. */
export function useStepWords() {
  const t = useTranslations("nodes");
  const locale = useLocale();
  return useMemo(() => {
    const say = (label: Label): string => (t.has(label[0]) ? t(label[0], label[1]) : label[0]);
    const handle = ({ id, text, label }: Handle): string =>
      text ?? (label ? say(label) : t.has("next") ? t("next") : id);
    const typeTitle = (type: string): string => (t.has(`${type}.title`) ? t(`${type}.title`) : type);
    return {
      say,
      typeTitle,
      typeHelp: (type: string): string => (t.has(`${type}.help`) ? t(`${type}.help`) : ""),
      title: (node: Pick<GraphNode, "type" | "title">): string => node.title ?? typeTitle(node.type),
      summary: (node: GraphNode, catalog: Catalog): string => {
        const label = summaryOf(node, catalog);
        return label ? say(label) : "";
      },
      handle,
      /** The same where the step is known: a button is called by its text in this language, as the card shows it. */
      way: (node: GraphNode, way: Handle, catalog: Catalog): string =>
        answerIn(node, way, catalog, locale) ?? handle(way),
      fieldHelp: (type: string, label: string): string | undefined =>
        t.has(`${type}.fieldHelp.${label}`) ? t(`${type}.fieldHelp.${label}`) : undefined,
      /** A choice of a select, or of a step's mode. */
      option: (type: string, field: string, value: string): string =>
        t.has(`${type}.options.${field}.${value}`) ? t(`${type}.options.${field}.${value}`) : value,
      field: (type: string, label: string): string =>
        t.has(`${type}.fields.${label}`) ? t(`${type}.fields.${label}`) : label,
    };
  }, [t, locale]);
}
