import { describe, expect, test } from "vitest";
import type { Effect } from "../effect.ts";
import type { FreeContent } from "../free-message.ts";
import { FlowSettings, type Graph } from "../graph.ts";
import { lintFree } from "../lint-free.ts";
import { createSimulation, currentEnrollment, step } from "../simulate.ts";
import type { Action } from "../simulation/action.ts";
import type { Simulation } from "../simulation/simulation.ts";
import { validate } from "../validate.ts";

const noon = Date.UTC(2026, 10, 22, 12);
const hour = 3_600_000;

const say = (language: string, body: string, more: Partial<FreeContent> = {}): FreeContent => ({
  language,
  header: null,
  body,
  footer: null,
  buttons: [],
  list: null,
  ...more,
});
const answers = [
  { kind: "quick-reply" as const, id: "yes", text: "Yes" },
  { kind: "quick-reply" as const, id: "no", text: "No" },
];
const list = {
  label: "Choose",
  sections: [
    { title: "Cards", rows: [{ id: "block", title: "Block it", description: "At once" }] },
    { title: "Account", rows: [{ id: "balance", title: "Balance", description: "" }] },
  ],
};

type Drawn = { contents: FreeContent[]; values?: Record<string, unknown>; ways: Record<string, string> };

/** A flow that says it, with an exit named as the way out that leads to it. */
function flow({ contents, values = {}, ways }: Drawn): Graph {
  const at = { x: 0, y: 0 };
  const exits = [...new Set(Object.values(ways))];
  return {
    schemaVersion: 1,
    nodes: [
      { id: "start", type: "trigger-event", position: at, data: { event: "asked" } },
      {
        id: "say",
        type: "free-message",
        position: at,
        data: { contents, values, answerWithin: { amount: 2, unit: "hours" } },
      },
      ...exits.map((id) => ({ id, type: "exit", position: at, data: { reason: id } })),
    ],
    edges: [
      { id: "e", source: "start", sourceHandle: "next", target: "say" },
      ...Object.entries(ways).map(([sourceHandle, target]) => ({
        id: `e-${sourceHandle}`,
        source: "say",
        sourceHandle,
        target,
      })),
    ],
    settings: FlowSettings.parse({}),
  };
}

const awa = { id: "c1", firstName: "Awa", locale: "fr_SN", timezone: null, attributes: {}, tags: [] };

/** The person has just written, so that the window is open; `isClosed` has them write nothing. */
function play(drawn: Drawn, actions: Action[] = [], { isClosed = false } = {}): Simulation {
  const begin = createSimulation({
    graph: flow(drawn),
    catalog: { templates: [] },
    contact: awa,
    workspaceTimezone: "UTC",
    startAt: noon,
  });
  const wrote = isClosed ? begin : step(begin, { kind: "reply", text: "Hello" });
  const asked = step(wrote, { kind: "event", name: "asked", properties: { amount: 1050, currency: "EUR" } });
  return actions.reduce(step, asked);
}

const messages = (sim: Simulation) => sim.messages.filter(({ direction }) => direction === "outbound");
const endOf = (sim: Simulation) => currentEnrollment(sim)?.state.endNote ?? currentEnrollment(sim)?.state.endReason;
const tap = (buttonId: string): Action => ({ kind: "tap", messageId: "m2", buttonId });

describe("within the window", () => {
  test("says it in the language nearest to the person's, with its blanks filled", () => {
    const sim = play({
      contents: [say("en", "You have {{amount}}"), say("fr", "Vous avez {{amount}}")],
      values: {
        amount: {
          from: "path",
          path: "event.amount",
          format: { kind: "money", currencyPath: "event.currency" },
        },
      },
      ways: {},
    });
    expect(messages(sim)[0]).toMatchObject({ status: "delivered", language: "fr", template: null, missing: [] });
    expect(messages(sim)[0]?.content.body).toMatch(/^Vous avez 10,50\s€$/);
  });

  test.each<[string, Partial<FreeContent>, Record<string, string>, Action[], string]>([
    ["a button", { buttons: answers }, { "button:yes": "paid", "button:no": "asks" }, [tap("yes")], "paid"],
    ["a row of a list", { list }, { "button:balance": "balance" }, [tap("balance")], "balance"],
    ["a button without an edge", { buttons: answers }, { replied: "said" }, [tap("no")], "said"],
    ["an answer", {}, { replied: "said" }, [{ kind: "reply", text: "Thanks" }], "said"],
    ["delivered", {}, { delivered: "there" }, [], "there"],
    ["read", {}, { read: "seen" }, [{ kind: "advance", milliseconds: 120_000 }], "seen"],
    ["the time that is up", { buttons: answers }, { timeout: "silent" }, [{ kind: "skip" }], "silent"],
    ["nobody's answer", { buttons: answers }, { "button:yes": "paid" }, [{ kind: "skip" }], "no-answer"],
    ["nothing drawn", {}, {}, [], "completed"],
  ])("%s leads on", (_, content, ways, actions, end) =>
    expect(endOf(play({ contents: [say("en", "Is it you?", content)], ways }, actions))).toBe(end),
  );

  test("who went on by the main way is not called back because the message arrived", () => {
    const sim = play({ contents: [say("en", "Hello")], ways: { next: "on", delivered: "back" } });
    expect(endOf(sim)).toBe("on");
  });

  test("five answers within a conversation are not held by the cap of three a day", () => {
    const again = ["Hello", "asked"] as const;
    let sim = play({ contents: [say("en", "Here it is")], ways: {} });
    for (let round = 0; round < 4; round += 1) {
      sim = step(sim, { kind: "reply", text: again[0] });
      sim = step(sim, { kind: "event", name: again[1], properties: {} });
    }
    expect(messages(sim).map(({ status }) => status)).toEqual(["read", "read", "read", "read", "delivered"]);
    expect(sim.capUsed).toEqual({});
  });
});

test.each([
  ["the window was never open", [], true],
  ["the day after", [], false],
] as const)("outside the window it stays and the person leaves by blocked: %s", (_, actions, isClosed) => {
  const drawn = { contents: [say("en", "Hello")], ways: { blocked: "told" } };
  const late = (sim: Simulation) => step(step(sim, { kind: "advance", milliseconds: 25 * hour }), asked);
  const asked: Action = { kind: "event", name: "asked", properties: {} };
  const sim = isClosed ? play(drawn, [...actions], { isClosed }) : late(play(drawn));
  expect(messages(sim).at(-1)).toMatchObject({ status: "skipped", reason: "window-closed" });
  expect(endOf(sim)).toBe("told");
});

test("what it asks for says everything the host needs", () => {
  const drawn = { contents: [say("en", "Open it", { buttons: [{ kind: "link", id: "go", text: "Open" }] })], ways: {} };
  const sim = play({ ...drawn, values: { "link.go": { from: "link", kind: "upload", validHours: 4 } } });
  const [sent] = messages(sim);
  expect(sent?.content.buttons).toEqual([{ kind: "link", id: "go", text: "Open", url: "#link.go" }]);
  const effect: Pick<Extract<Effect, { kind: "send" }>, "template"> = { template: null };
  expect(sent?.template).toBe(effect.template);
});

const long = (length: number) => "x".repeat(length);
const rows = (count: number) =>
  Array.from({ length: count }, (_, i) => ({ id: `r${i}`, title: `Row ${i}`, description: "" }));

describe("what WhatsApp would refuse is said before", () => {
  test.each<[string, FreeContent[], string[]]>([
    ["a plain text at its limit", [say("en", long(4096))], []],
    ["a plain text one past it", [say("en", long(4097))], ["free-too-long"]],
    ["a text with buttons one past its limit", [say("en", long(1025), { buttons: answers })], ["free-too-long"]],
    ["no words", [say("en", " ")], ["free-empty"]],
    ["a picture needs none", [say("en", "", { header: { kind: "image" } })], []],
    [
      "four buttons",
      [say("en", "Hi", { buttons: rows(4).map(({ id, title: text }) => ({ kind: "quick-reply", id, text })) })],
      ["free-too-many"],
    ],
    [
      "a button of 21",
      [say("en", "Hi", { buttons: [{ kind: "quick-reply", id: "a", text: long(21) }] })],
      ["free-too-long"],
    ],
    [
      "two buttons alike",
      [
        say("en", "Hi", {
          buttons: [
            { kind: "quick-reply", id: "a", text: "Yes" },
            { kind: "quick-reply", id: "b", text: "yes" },
          ],
        }),
      ],
      ["free-repeated"],
    ],
    [
      "a link beside an answer",
      [say("en", "Hi", { buttons: [{ kind: "link", id: "l", text: "Go" }, ...answers.slice(0, 1)] })],
      ["free-link-alone"],
    ],
    [
      "an address that is none",
      [say("en", "Hi", { buttons: [{ kind: "url", id: "l", text: "Go", url: "bank" }] })],
      ["free-address"],
    ],
    ["ten rows", [say("en", "Hi", { list: { label: "Choose", sections: [{ title: "", rows: rows(10) }] } })], []],
    [
      "eleven rows",
      [say("en", "Hi", { list: { label: "Choose", sections: [{ title: "", rows: rows(11) }] } })],
      ["free-too-many-rows"],
    ],
    [
      "two sections of which one has no title",
      [
        say("en", "Hi", {
          list: {
            ...list,
            sections: [list.sections[0] ?? list.sections[1], { title: "", rows: rows(1) }].flatMap((one) => one ?? []),
          },
        }),
      ],
      ["free-empty"],
    ],
    ["a picture above a list", [say("en", "Hi", { list, header: { kind: "image" } })], ["free-list-header"]],
    ["a heading above nothing", [say("en", "Hi", { header: { kind: "text", text: "News" } })], ["free-header-alone"]],
    ["a footer below nothing", [say("en", "Hi", { footer: "Bank" })], ["free-footer-alone"]],
    ["a sound with words", [say("en", "Hi", { header: { kind: "audio" } })], ["free-audio-alone"]],
    [
      "languages with other answers",
      [say("en", "Hi", { buttons: answers }), say("fr", "Bonjour")],
      ["free-languages-differ"],
    ],
    ["a language twice", [say("en", "Hi"), say("en", "Hello")], ["free-language-repeated"]],
  ])("%s", (_, contents, rules) => expect(lintFree(contents).map(({ rule }) => rule)).toEqual(rules));

  test("a blank that nothing fills keeps the flow from being published", () => {
    const rules = validate(flow({ contents: [say("en", "Hi {{first_name}}")], ways: {} }), { templates: [] }).map(
      ({ rule }) => rule,
    );
    expect(rules).toContain("missing-variable");
  });
});
