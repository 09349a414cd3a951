import { expect, test } from "vitest";
import type { ButtonView, MessageView, OrderView } from "#components/phone/message-view.ts";
import { pressButton } from "./press-button.ts";

const order: OrderView = { reference: "L-1", currency: "INR", status: null, items: [], sums: [], total: 250 };
const view = (button: Omit<ButtonView, "id" | "text">): MessageView => ({
  kind: "plain",
  body: "Hello",
  order,
  buttons: [{ id: "0", text: "Press", ...button }],
});

test.each([
  ["a reply is told to the business", { kind: "quick_reply" }, { kind: "tap", tap: { wamid: "w", buttonIndex: 0 } }],
  ["a number is called", { kind: "phone", value: "+221" }, { kind: "tell", what: "call", detail: "+221" }],
  ["a call within WhatsApp names no number", { kind: "phone" }, { kind: "tell", what: "callHere", detail: "" }],
  ["an order opens", { kind: "pay" }, { kind: "sheet", sheet: { kind: "order", order } }],
  [
    "the person's own number is offered",
    { kind: "contact_info" },
    { kind: "sheet", sheet: { kind: "person", isSelf: true, replyTo: "w" } },
  ],
  ["a code is copied", { kind: "copy", value: "SAVE10" }, { kind: "copy", text: "SAVE10" }],
] satisfies [string, Omit<ButtonView, "id" | "text">, object][])("%s", (_, button, outcome) => {
  expect(pressButton("w", view(button), "0")).toEqual(outcome);
});

test("a button that is not there does nothing", () => {
  expect(pressButton("w", view({ kind: "pay" }), "7")).toEqual({ kind: "nothing" });
  expect(pressButton("w", null, "0")).toEqual({ kind: "nothing" });
});
