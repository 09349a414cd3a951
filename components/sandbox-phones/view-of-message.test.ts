import { describe, expect, test } from "vitest";
import type { Rendered } from "#server/sandbox/rendered.ts";
import type { PhoneMessage } from "./phones-list.ts";
import { pressButton } from "./press-button.ts";
import { viewOfMessage } from "./view-of-message.ts";

const aMessage = (given: Partial<PhoneMessage>): PhoneMessage => ({
  wamid: "wamid.1",
  isFromBusiness: true,
  status: "read",
  at: new Date(0),
  type: "interactive",
  body: "Hello",
  rendered: null,
  content: null,
  template: null,
  repliesTo: null,
  errorCode: null,
  files: [],
  ...given,
});
const sent = (rendered: Partial<Rendered>, given: Partial<PhoneMessage> = {}) =>
  aMessage({ rendered: { header: null, footer: null, buttons: [], ...rendered }, ...given });

describe("What the business has sent", () => {
  test("a list keeps its rows in their sections and out of the buttons", () => {
    const rows = [{ id: "r1", title: "Balance" }];
    const list = { label: "Options", sections: [{ title: "Account", rows }] };
    expect(viewOfMessage(sent({ list, buttons: [{ kind: "row", text: "Balance", id: "r1" }] }))).toMatchObject({
      list,
      buttons: [],
    });
  });

  test("a file is found by its id, with name and size", () => {
    const files = [{ id: "77", mimeType: "application/pdf", fileName: "statement.pdf", bytes: 1234 }];
    const view = viewOfMessage(
      sent({ header: { kind: "document", mediaId: "77" } }, { type: "document", body: null, files }),
    );
    expect(view).toEqual({
      kind: "attached",
      file: { kind: "document", url: "/api/sandbox-files/77", fileName: "statement.pdf", bytes: 1234 },
    });
  });

  test("an order's amounts are in its currency's units, and what is nothing has no line", () => {
    const order = {
      referenceId: "R1",
      currency: "INR",
      totalMinor: 10_500,
      subtotalMinor: 10_000,
      taxMinor: 500,
      shippingMinor: 0,
      discountMinor: 0,
      items: [{ retailerId: "a", name: "Card", quantity: 2, amountMinor: 6000, saleAmountMinor: 5000 }],
      payBy: ["upi"],
    };
    expect(viewOfMessage(sent({ order }))).toMatchObject({
      order: {
        items: [{ name: "Card", quantity: 2, amount: 50 }],
        sums: [
          { kind: "subtotal", amount: 100 },
          { kind: "tax", amount: 5 },
        ],
        total: 105,
      },
    });
  });

  test("a code is copied, its address is no link", () => {
    const url = "https://www.whatsapp.com/otp/code/?otp_type=COPY_CODE&code=otp482913";
    const view = viewOfMessage(sent({ buttons: [{ kind: "otp", text: "Copy code", url }] }));
    expect(view).toMatchObject({ buttons: [{ id: "0", kind: "copy", value: "482913" }] });
    expect(pressButton("w", view, "0")).toEqual({ kind: "copy", text: "482913" });
  });

  test("a card's button is tapped by card and place", () => {
    const card = { header: null, body: "Gold", buttons: [{ kind: "reply", text: "Take it", id: "g" }] };
    const view = viewOfMessage(sent({ cards: [card, card] }));
    expect(pressButton("w", view, "1.0")).toEqual({ kind: "tap", tap: { wamid: "w", buttonIndex: 0, cardIndex: 1 } });
  });

  test("labels that WhatsApp chooses are in the phone's language", () => {
    const view = viewOfMessage(sent({ buttons: [{ kind: "location", text: "Send location" }] }), () => "Envoyer");
    expect(view).toMatchObject({ buttons: [{ text: "Envoyer" }] });
    expect(pressButton("w", view, "0")).toEqual({ kind: "sheet", sheet: { kind: "place", replyTo: "w" } });
  });
});

const got = (type: string, node: unknown, given: Partial<PhoneMessage> = {}) =>
  aMessage({ isFromBusiness: false, body: null, type, content: { type, [type]: node }, ...given });

test.each([
  ["a place", got("location", { latitude: "14.7", longitude: -17.4 }), { kind: "place", place: { latitude: 14.7 } }],
  ["a place without one", got("location", {}), { kind: "notice" }],
  [
    "a contact",
    got("contacts", [{ name: { formatted_name: "Awa" }, phones: [{ phone: "+221" }] }]),
    { kind: "people", people: [{ name: "Awa", detail: "+221" }] },
  ],
  [
    "a voice message",
    got("audio", { id: "1", voice: true }),
    { kind: "attached", file: { kind: "audio", isVoice: true } },
  ],
  [
    "a form's answers without the token",
    got("interactive", { nfm_reply: { response_json: '{"flow_token":"t","city":"Dakar","days":["mo","tu"]}' } }),
    {
      kind: "answers",
      answers: [
        { label: "city", value: "Dakar" },
        { label: "days", value: "mo, tu" },
      ],
    },
  ],
  [
    "answers that are no JSON",
    got("interactive", { nfm_reply: { response_json: "{" } }),
    { kind: "answers", answers: [] },
  ],
  ["what nobody knows", got("hologram", {}), { kind: "notice", notice: "unsupported" }],
])("Draws %s from the customer", (_, message, expected) => expect(viewOfMessage(message)).toMatchObject(expected));
