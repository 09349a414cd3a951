"use client";

import { useMemo } from "react";
import { useTranslations } from "use-intl";
import { capitalized, readableName } from "#components/flow-words/readable-name.ts";
import { currencyBeside } from "#components/rule-builder/known-path.ts";
import { shownValue } from "#components/rule-builder/typed-value.ts";
import { kindOf, type RuleField } from "#components/rule-builder/value-kind.ts";
import { useEditor } from "../editor-state/editor-context.tsx";
import { useEditorWorld } from "../editor-world.tsx";
import { knownPaths, sampleFacts } from "./known-paths.ts";

/**
 * The values the flow knows, and how to say where one comes from: "Contact: first name". `eventName`: for a rule about another event than
 * the one that starts the flow.
 */
export function useKnownPaths(eventName?: string) {
  const t = useTranslations("flowEditor.paths");
  const graph = useEditor((state) => state.graph);
  const { events, attributes } = useEditorWorld();
  return useMemo(() => {
    const samples = Object.fromEntries(attributes.map(({ name, sample }) => [name, sample]));
    const valuesOf = new Map(attributes.map(({ name, values }) => [`contact.${name}`, values ?? undefined]));
    const known = knownPaths(graph, events, samples, eventName);
    const ownName = (path: string): string => {
      const own = `own.${path}`;
      return t.has(own) ? t(own) : readableName(path.split(".").slice(1).join("."));
    };
    const nameOf = (path: string): string => {
      const source = path.split(".")[0] ?? "";
      return t.has(source) ? t(source, { name: ownName(path).toLowerCase() }) : path;
    };
    const fields = known.map(({ path, source, name, sample }): RuleField => {
      const currency = currencyBeside(path, known);
      const kind = kindOf(name, sample, currency);
      const shortLabel = capitalized(ownName(path));
      return { path, source, sample, currency, kind, label: nameOf(path), shortLabel, values: valuesOf.get(path) };
    });
    const sampleOf = (path: string): string => {
      const field = fields.find((candidate) => candidate.path === path);
      return field ? shownValue(field.sample, field) : "";
    };
    return { known, fields, nameOf, sampleOf, factsOf: () => sampleFacts(known) };
  }, [graph, events, attributes, eventName, t]);
}
