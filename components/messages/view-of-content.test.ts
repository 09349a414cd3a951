import { expect, test } from "vitest";
import { viewOfContent } from "./view-of-content.ts";

test.each([
  ["a text that was changed", { body: "Hi", editedAt: "2026-11-01" }, { kind: "plain", body: "Hi", isEdited: true }],
  ["what was taken back", { body: "Hi", revokedAt: "2026-11-01" }, { kind: "notice", notice: "deleted" }],
  [
    "a picture with its words",
    { body: "My card", media: { kind: "image" as const, id: "1", mime: null, sha256: null, fileName: null } },
    { kind: "attached", file: { kind: "image", alt: "" }, caption: "My card" },
  ],
  [
    "a form's answers, without its token",
    { body: "", form: { name: "visit", token: "t", answers: { flow_token: "t", day: "Monday", hours: [9, 10] } } },
    {
      kind: "answers",
      title: "visit",
      answers: [
        { label: "day", value: "Monday" },
        { label: "hours", value: "[9,10]" },
      ],
    },
  ],
  [
    "a cart",
    { body: "", order: { catalogId: "1", items: [{ productId: "p", quantity: 2, price: 1.5, currency: "EUR" }] } },
    { kind: "plain", order: { currency: "EUR", items: [{ name: "p", quantity: 2, amount: 1.5 }], total: 3 } },
  ],
  ["what WhatsApp cannot tell", { body: "", errors: [{ code: 131051, title: "Unsupported" }] }, { kind: "notice" }],
])("%s is drawn as on a phone", (_, content, expected) => expect(viewOfContent(content)).toMatchObject(expected));
