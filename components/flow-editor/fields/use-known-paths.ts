"use client";

import { useMemo } from "react";
import { useTranslations } from "use-intl";
import { readableName } from "#components/flow-words/readable-name.ts";
import { useEditor } from "../editor-state/editor-context.tsx";
import { useEditorWorld } from "../editor-world.tsx";
import { type KnownPath, knownPaths, sampleFacts } from "./known-paths.ts";

/** The values the flow knows, and how to say where one comes from: "Contact: first name". */
export function useKnownPaths() {
  const t = useTranslations("flowEditor.paths");
  const graph = useEditor((state) => state.graph);
  const { events, attributes } = useEditorWorld();
  const known = useMemo(() => knownPaths(graph, events, attributes), [graph, events, attributes]);
  const nameOf = (path: string): string => {
    const [source = "", ...rest] = path.split(".");
    const own = `own.${path}`;
    const name = t.has(own) ? t(own) : readableName(rest.join(".")).toLowerCase();
    return t.has(source) ? t(source, { name }) : path;
  };
  const sampleOf = (path: string): string => showSample(known.find((candidate) => candidate.path === path));
  return { known, nameOf, sampleOf, factsOf: () => sampleFacts(known) };
}

function showSample(path: KnownPath | undefined): string {
  if (path?.sample === undefined || path.sample === null) return "";
  return typeof path.sample === "object" ? JSON.stringify(path.sample) : String(path.sample);
}
