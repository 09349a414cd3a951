"use client";

import { createContext, type ReactNode, use, useMemo } from "react";
import { useTranslations } from "use-intl";
import { capitalized, readableName } from "#components/flow-words/readable-name.ts";
import { currencyBeside, type KnownPath } from "#components/rule-builder/known-path.ts";
import { shownValue } from "#components/rule-builder/typed-value.ts";
import { kindOf, type RuleField } from "#components/rule-builder/value-kind.ts";
import type { Graph } from "#flow/graph.ts";
import type { JsonObject } from "#flow/json.ts";
import { useEditor } from "../editor-state/editor-context.tsx";
import { type EditorWorld, useEditorWorld } from "../editor-world.tsx";
import { isSameList, knownPaths, sampleFacts } from "./known-paths.ts";

type KnownPaths = {
  known: readonly KnownPath[];
  fields: RuleField[];
  nameOf: (path: string) => string;
  sampleOf: (path: string) => string;
  factsOf: () => JsonObject;
};
type Read = (graph: Graph, eventName: string | undefined) => KnownPaths;

const Context = createContext<Read | null>(null);

/** Keeps the list of values for all fields of a form, which has a dozen that offer it: it is made once, when the flow knows others. */
export function KnownPathsProvider({ children }: { children: ReactNode }) {
  const t = useTranslations("flowEditor.paths");
  const { events, attributes } = useEditorWorld();
  const read = useMemo(() => reader({ events, attributes }, t), [events, attributes, t]);
  return <Context value={read}>{children}</Context>;
}

/**
 * The values the flow knows, and how to say where one comes from: "Contact: first name". `eventName`: for a rule about another event than
 * the one that starts the flow.
 */
export function useKnownPaths(eventName?: string): KnownPaths {
  const read = use(Context);
  if (!read) throw new Error("Fields that offer values must stand inside their provider.");
  return useEditor((state) => read(state.graph, eventName));
}

/** Remembers the last answer for each event: most changes of a flow leave the values as they were. */
function reader({ events, attributes }: Pick<EditorWorld, "events" | "attributes">, t: Words): Read {
  const samples = Object.fromEntries(attributes.map(({ name, sample }) => [name, sample]));
  const valuesOf = new Map(attributes.map(({ name, values }) => [`contact.${name}`, values ?? undefined]));
  const last = new Map<string | undefined, { graph: Graph; paths: KnownPaths }>();
  return (graph, eventName) => {
    const before = last.get(eventName);
    if (before?.graph === graph) return before.paths;
    const known = knownPaths(graph, events, samples, eventName);
    const paths = before && isSameList(before.paths.known, known) ? before.paths : inWords(known, valuesOf, t);
    last.set(eventName, { graph, paths });
    return paths;
  };
}

type Words = ReturnType<typeof useTranslations>;

function inWords(
  known: readonly KnownPath[],
  valuesOf: ReadonlyMap<string, readonly string[] | undefined>,
  t: Words,
): KnownPaths {
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
}
