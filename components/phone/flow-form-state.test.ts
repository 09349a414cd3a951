import { expect, test } from "vitest";
import {
  fillIn,
  goBack,
  missingAnswers,
  openFlowForm,
  pressAction,
  resolveValue,
  shownScreen,
} from "./flow-form-state.ts";
import { type FlowAction, type FlowForm, readFlowJson } from "./flow-json.ts";

/** As the language writes it: "${form.name}". */
const ref = (path: string) => `\${${path}}`;

const survey = {
  version: "6.3",
  screens: [
    {
      id: "ASK",
      title: "About you",
      data: { cities: { type: "array", __example__: [{ id: "dkr", title: "Dakar" }] } },
      layout: {
        type: "SingleColumnLayout",
        children: [
          { type: "TextHeading", text: "Tell us" },
          {
            type: "Form",
            name: "form",
            children: [
              { type: "TextInput", name: "name", label: "Name", required: true, "input-type": "text" },
              { type: "Dropdown", name: "city", label: "City", "data-source": ref("data.cities") },
              { type: "OptIn", name: "agrees", label: "I agree", required: true },
              { type: "SomethingNew", name: "x" },
              {
                type: "Footer",
                label: "Continue",
                "on-click-action": {
                  name: "navigate",
                  next: { type: "screen", name: "END" },
                  payload: { name: ref("form.name"), fixed: 1 },
                },
              },
            ],
          },
        ],
      },
    },
    {
      id: "END",
      terminal: true,
      title: "Done",
      layout: {
        children: [
          {
            type: "Footer",
            label: "Send",
            "on-click-action": {
              name: "complete",
              payload: { name: ref("data.name"), city: ref("screen.ASK.form.city") },
            },
          },
        ],
      },
    },
  ],
};

const form = readFlowJson(survey) as FlowForm;
const actionOn = (screen: number): FlowAction =>
  form.screens[screen]?.parts.find((part) => part.kind === "footer")?.action ?? { name: "other", payload: {} };

test("A form opens on the screen the message names, else on its first", () => {
  expect(openFlowForm(form, { screen: "END" }).path).toEqual(["END"]);
  expect(openFlowForm(form, { screen: "NOWHERE" }).path).toEqual(["ASK"]);
});

test("What it does not know is left out, and choices come from the screen's data", () => {
  const parts = form.screens[0]?.parts ?? [];
  expect(parts.map((part) => part.kind)).toEqual(["text", "question", "question", "question", "footer"]);
  expect(parts[2]).toMatchObject({ choices: [{ id: "dkr", title: "Dakar" }] });
});

test("Required questions without an answer are named; an unticked box is none", () => {
  const empty = openFlowForm(form);
  expect(missingAnswers(form, empty).map(({ name }) => name)).toEqual(["name", "agrees"]);
  const filled = fillIn(fillIn(fillIn(empty, "name", "  "), "agrees", true), "city", "dkr");
  expect(missingAnswers(form, filled).map(({ name }) => name)).toEqual(["name"]);
});

test("Answers travel from screen to screen and leave with the last one", () => {
  const filled = fillIn(fillIn(openFlowForm(form), "name", "Awa"), "city", "dkr");
  const moved = pressAction(form, filled, actionOn(0));
  if (moved.kind !== "moved") throw new Error("it has to move on");
  expect(shownScreen(form, moved.state)?.id).toBe("END");
  expect(moved.state.data).toEqual({ name: "Awa", fixed: 1 });
  expect(pressAction(form, moved.state, actionOn(1))).toEqual({ kind: "done", answers: { name: "Awa", city: "dkr" } });
  expect(goBack(moved.state)).toMatchObject({ path: ["ASK"], values: { ASK: { name: "Awa" } } });
});

test("A form that names no payload sends every answer there is", () => {
  const filled = fillIn(openFlowForm(form), "name", "Awa");
  expect(pressAction(form, filled, { name: "complete", payload: {} })).toEqual({
    kind: "done",
    answers: { name: "Awa" },
  });
});

test.each([
  ["a plain value", 7, 7],
  ["a plain text", "hello", "hello"],
  ["an unanswered question", ref("form.nothing"), ""],
  ["another screen's question", ref("screen.ASK.form.name"), "Awa"],
])("Reads %s", (_, value, expected) =>
  expect(resolveValue(form, fillIn(openFlowForm(form), "name", "Awa"), value)).toEqual(expected),
);

test.each([null, "text", {}, { screens: [] }])("%j is no form", (json) => expect(readFlowJson(json)).toBeNull());
