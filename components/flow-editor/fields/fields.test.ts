import { describe, expect, test } from "vitest";
import { dataForMode, readFields } from "#components/flow-words/read-fields.ts";
import type { Fallback } from "#flow/binding.ts";
import { emptyGraph } from "#flow/graph.ts";
import { nodeTypeOf, nodeTypes } from "#flow/nodes/index.ts";
import type { TemplateInfo } from "#flow/template.ts";
import { evened } from "./arms-field.tsx";
import { distinctTexts, withText } from "./fallback-texts.ts";
import { knownPaths, sampleFacts } from "./known-paths.ts";
import { suggestBindings } from "./suggest-bindings.ts";

const wait = nodeTypeOf("wait");
if (!wait) throw new Error("There is no wait step.");

describe("the form of a step", () => {
  test.each(nodeTypes.map((type) => [type.type, type] as const))("%s: every setting names its widget", (_, type) => {
    const { fields, mode } = readFields(type.config, type.initial());
    // A step that begins with settings shows some; one without any, such as the trigger that other flows pull, shows none.
    expect(fields.length + (mode ? 1 : 0) > 0).toBe(Object.keys(type.initial()).length > 0);
    expect(fields.every((field) => field.widget !== "" && field.label !== "")).toBe(true);
  });

  test("a step of several shapes shows the fields of the chosen one", () => {
    expect(readFields(wait.config, { mode: "local-time" })).toMatchObject({
      mode: { name: "mode", options: ["duration", "local-time", "date"], chosen: "local-time" },
      fields: [{ name: "time", widget: "clock-time" }],
    });
  });

  test("picking another shape starts from values that can run", () => {
    const data = dataForMode(
      wait.config,
      { name: "mode", option: "local-time" },
      { mode: "duration", duration: { amount: 2, unit: "days" } },
    );
    expect(wait.config.safeParse(data).success).toBe(true);
  });
});

describe("filling the blanks by name", () => {
  const template: TemplateInfo = {
    name: "payment",
    category: "utility",
    samples: {},
    languages: [
      {
        language: "en",
        status: "approved",
        header: null,
        body: "{{first_name}}: {{amount}} is due on {{due_date}}, {{missing_document}}, {{nobody_knows}}",
        footer: null,
        buttons: [
          { kind: "link", id: "upload", text: "Upload" },
          { kind: "link", id: "pay", text: "Pay" },
        ],
      },
    ],
  };
  const trigger = { id: "t", type: "trigger-event", position: { x: 0, y: 0 }, data: { event: "payment.due" } };
  const sample = { amount: 45_000, currency: "XOF", dueDate: "2026-11-28", missing: ["ID"] };
  const known = knownPaths({ ...emptyGraph(), nodes: [trigger] }, [{ name: "payment.due", sample }], {
    creditScore: 700,
  });

  test("finds values of the event and the person with the fitting way to write them", () => {
    expect(suggestBindings(template, known, {})).toEqual({
      first_name: { from: "path", path: "contact.firstName", format: { kind: "text" }, fallback: null },
      amount: {
        from: "path",
        path: "event.amount",
        format: { kind: "money", currencyPath: "event.currency" },
        fallback: null,
      },
      due_date: { from: "path", path: "event.dueDate", format: { kind: "date", style: "long" }, fallback: null },
      missing_document: { from: "path", path: "event.missing.0", format: { kind: "text" }, fallback: null },
      "link.upload": { from: "link", kind: "upload", validHours: 48 },
    });
  });

  test("keeps what was chosen by hand", () => {
    const chosen = { first_name: { from: "text", text: "friend" } };
    expect(suggestBindings(template, known, chosen).first_name).toEqual(chosen.first_name);
  });
});

describe("a fallback for each language", () => {
  const languages = ["en", "fr"];
  test.each<[string, Fallback, [language: string, text: string], Fallback]>([
    ["begins with the language one types in", null, ["en", "there"], { en: "there" }],
    ["becomes one text when all say the same", { en: "you" }, ["fr", "you"], "you"],
    ["parts from a text for everybody", "you", ["fr", "vous"], { en: "you", fr: "vous" }],
    ["is none when the last text goes", { fr: "vous" }, ["fr", ""], null],
    ["lets go of a language the template has not", { en: "a", es: "b" }, ["fr", "c"], { en: "a", fr: "c" }],
  ])("%s", (_, before, [language, text], after) => expect(withText(before, languages, language, text)).toEqual(after));

  test("is a plain text in a template of one language", () => {
    expect(withText(null, ["fr"], "fr", "cher client")).toBe("cher client");
    expect(distinctTexts({ en: "x", fr: "x", es: " " })).toEqual(["x"]);
  });
});

test("shares are evened out to whole percent that add up", () => {
  const arms = evened([{ id: "a" }, { id: "b" }, { id: "c" }]);
  expect(arms.map((arm) => arm.weight)).toEqual([34, 33, 33]);
});

test("samples become the document that messages are filled from", () => {
  const known = knownPaths(emptyGraph(), [], { creditScore: 700, "card.last4": "4417" });
  expect(sampleFacts(known)).toMatchObject({
    contact: { firstName: "Aïssatou", creditScore: 700, card: { last4: "4417" } },
  });
});
