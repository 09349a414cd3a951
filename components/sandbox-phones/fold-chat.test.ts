import { expect, test } from "vitest";
import { foldChat } from "./fold-chat.ts";
import type { PhoneMessage } from "./phones-list.ts";

let count = 0;
const aMessage = (given: Partial<PhoneMessage>): PhoneMessage => {
  count += 1;
  return {
    wamid: `wamid.${count}`,
    isFromBusiness: false,
    status: "received",
    at: new Date(count * 1000),
    type: "text",
    body: "Hello",
    rendered: null,
    content: null,
    template: null,
    repliesTo: null,
    errorCode: null,
    files: [],
    ...given,
  };
};

const fold = (messages: PhoneMessage[]) =>
  foldChat(messages, { labelOf: () => null, businessName: "Banco Demo", textOf: (view) => view.kind ?? "plain" });

const question = (given: Partial<PhoneMessage> = {}) =>
  aMessage({
    isFromBusiness: true,
    body: "Was it you?",
    rendered: {
      header: null,
      footer: null,
      buttons: [
        { kind: "reply", text: "Yes", id: "y" },
        { kind: "reply", text: "No", id: "n" },
      ],
    },
    ...given,
  });

test("A reaction stands on its message, the newest of each side, and an empty one takes it back", () => {
  const asked = question();
  const react = (emoji: string | undefined, isFromBusiness = false) =>
    aMessage({
      type: "reaction",
      isFromBusiness,
      content: { type: "reaction", reaction: { message_id: asked.wamid, ...(emoji === undefined ? {} : { emoji }) } },
    });
  const [line, ...rest] = fold([asked, react("👍"), react("🙏"), react("❤️", true)]);
  expect(rest).toEqual([]);
  expect(line?.view?.reactions).toEqual(["🙏", "❤️"]);
  expect(fold([asked, react("👍"), react(undefined)])[0]?.view).not.toHaveProperty("reactions");
});

test("An edit changes the words, a deletion leaves a notice", () => {
  const first = aMessage({ body: "Helo" });
  const second = aMessage({});
  const edit = aMessage({
    type: "edit",
    content: { edit: { original_message_id: first.wamid, message: { type: "text", text: { body: "Hello" } } } },
  });
  const revoke = aMessage({ type: "revoke", content: { revoke: { original_message_id: second.wamid } } });
  expect(fold([first, second, edit, revoke]).map(({ view }) => view)).toEqual([
    { kind: "plain", body: "Hello", isEdited: true },
    { kind: "notice", notice: "deleted" },
  ]);
});

test("A tapped reply quotes its question and greys the button, a typed one greys nothing", () => {
  const asked = question();
  const tapped = aMessage({ type: "interactive", body: "Yes", repliesTo: asked.wamid });
  const lines = fold([asked, tapped]);
  expect(lines[0]?.usedButtonIds).toEqual(["0"]);
  expect(lines[1]?.view?.quote).toEqual({ author: "Banco Demo", text: "plain", isOwn: false });
  expect(fold([asked, aMessage({ body: "Yes", repliesTo: asked.wamid })])[0]?.usedButtonIds).toEqual([]);
});

test("A new number is a fact between messages", () => {
  expect(fold([aMessage({ type: "system", body: null })])).toMatchObject([{ view: null }]);
});
