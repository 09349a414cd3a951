import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { createTranslator } from "use-intl/core";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import type { Label } from "./define-node.ts";
import { gateChecks } from "./gate/decide-send.ts";
import { earlyEnds } from "./gate/left-early.ts";
import { nodeTypes } from "./nodes/index.ts";
import { starters } from "./starters/index.ts";

const here = import.meta.dirname;
const read = (file: string): string => readFileSync(path.join(here, file), "utf8");
const languages = ["en", "fr"].map((locale) => ({ locale, messages: JSON.parse(read(`../messages/${locale}.json`)) }));

/** Every key that our source names in one way. */
function named(folders: string[], pattern: RegExp): string[] {
  const files = folders.flatMap((folder) =>
    readdirSync(path.join(here, folder)).map((name) => path.join(folder, name)),
  );
  const sources = files.filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts")).map(read);
  return [...new Set(sources.flatMap((source) => [...source.matchAll(pattern)].map(([, key = ""]) => key)))];
}

const samples = starters.flatMap(({ graph }) => graph.nodes);

describe.each(languages)("in $locale", ({ locale, messages }) => {
  const faults: string[] = [];
  const t = createTranslator({ locale, messages, onError: (error) => faults.push(error.message) });
  const saying = (keys: string[]) => keys.filter((key) => !t.has(key));

  test("every finding says what is wrong and what to do", () => {
    const rules = named(["nodes"], /rule: "([a-z-]+)"/g)
      .concat(named(["prove"], /(?:errorAt|warningAt)\((?:[a-zA-Z(),. ]+ \? )?"([a-z-]+)"/g))
      .concat(named(["prove"], /(?:rule = .*|\]\() ?: "([a-z-]+)"/g))
      .concat("bad-config", "branch-hidden", "window-may-be-closed", "language-missing", "event-field-sometimes");
    expect(rules.length).toBeGreaterThan(20);
    expect(saying(rules.flatMap((rule) => [`problems.${rule}.title`, `problems.${rule}.fix`]))).toEqual([]);
  });

  test("every reason, check and end has its words", () => {
    const reasons = named(["gate"], /(?:blockFor\(|reason: |\? |: )"([a-z]+-[a-z-]+)"/g);
    expect(reasons).toContain("sending-hours");
    expect(saying(reasons.map((reason) => `reasons.${reason}`))).toEqual([]);
    expect(saying(gateChecks.map((check) => `checks.${check}`))).toEqual([]);
    // As a reason, in the dashboard's list of reasons, and as what a check saw.
    const places = ["reasons", "dashboard.reasonNames", "checkValues"];
    expect(saying(earlyEnds.flatMap((end) => places.map((place) => `${place}.${end}`)))).toEqual([]);
    const ends = [...read("enrollment.ts").matchAll(/^ {2}\| "([a-z-]+)"/gm)].map(([, end]) => `endReasons.${end}`);
    expect(ends.length).toBe(10);
    expect(saying(ends)).toEqual([]);
  });

  test.each(nodeTypes.map((node) => [node.type, node] as const))(
    "the step %s has a name, help, form labels and a summary",
    (type, node) => {
      expect(saying([`nodes.${type}.title`, `nodes.${type}.help`])).toEqual([]);
      const shapes = node.config instanceof z.ZodDiscriminatedUnion ? node.config.def.options : [node.config];
      const fields = shapes.flatMap((shape) => (shape instanceof z.ZodObject ? Object.values(shape.shape) : []));
      const labels = fields.flatMap((field) => (field instanceof z.ZodType ? (field.meta()?.label ?? []) : []));
      expect(saying(labels.map((label) => `nodes.${type}.fields.${label}`))).toEqual([]);
      const drawn = samples.filter((sample) => sample.type === type).map((sample) => node.config.parse(sample.data));
      for (const config of drawn) {
        const handles = node
          .handles(config, { templates: [] })
          .flatMap((handle) => (handle.label ? [handle.label] : []));
        const labels: Label[] = [node.summary(config, { templates: [] }), ...handles];
        for (const [key, values] of labels) t(`nodes.${key}`, values);
      }
      expect(faults).toEqual([]);
    },
  );

  test("every starter has a name and a promise", () =>
    expect(saying(starters.flatMap(({ id }) => [`starters.${id}.name`, `starters.${id}.promise`]))).toEqual([]));
});
