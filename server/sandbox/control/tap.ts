import { z } from "zod";
import type { Message, Rendered } from "../record.ts";
import type { Sandbox } from "../sandbox.ts";
import { controlError } from "./control-error.ts";
import { type InboundContent, receive } from "./inbound.ts";

const Input = z
  .strictObject({
    wamid: z.string(),
    button_index: z.coerce.number().int().min(0).optional(),
    row_id: z.string().optional(),
    /** The card of a carousel whose buttons are counted. */
    card_index: z.coerce.number().int().min(0).optional(),
  })
  .refine(
    (input) => (input.button_index === undefined) !== (input.row_id === undefined),
    "Give button_index or row_id.",
  );

/**
 * A person taps a button or a row of a message they got, or a button on one of its cards. A reply tells the subscriber and answers
 * `{wamid}`; a link, phone or code button tells nobody, as on a real phone, and answers `{url}` or `{value}` for the caller to
 * follow. Taps on links are counted for the template's figures.
 */
export async function tap(sandbox: Sandbox, input: unknown): Promise<object> {
  const { wamid, button_index, row_id, card_index } = Input.parse(input);
  const message = sandbox.world.messages.get(wamid);
  if (message?.direction !== "outbound") throw controlError(404, "There is no such outbound message.");
  const buttons =
    (card_index === undefined ? message.rendered?.buttons : message.rendered?.cards?.[card_index]?.buttons) ?? [];
  const button =
    row_id === undefined ? buttons[button_index ?? 0] : buttons.find((candidate) => candidate.id === row_id);
  if (!button) throw controlError(404, `The message has no such button; it has ${buttons.length}.`);
  if (button.url !== undefined) {
    await sandbox.commit({ k: "link-tap", wamid, label: button.text });
    return { url: button.url };
  }
  const content = replyTo(button);
  if (!content) return { value: button.payload ?? null };
  return receive(sandbox, message.waId, { ...content, context: contextOf(sandbox, message) });
}

const contextOf = (sandbox: Sandbox, message: Message) => ({
  from: sandbox.identity.displayPhone.slice(1),
  id: message.wamid,
});

function replyTo(button: Rendered["buttons"][number]): InboundContent | null {
  const { kind, text, id = "", payload = text, description } = button;
  if (kind === "quick_reply") return { type: "button", button: { payload, text } };
  if (kind === "reply")
    return { type: "interactive", interactive: { type: "button_reply", button_reply: { id, title: text } } };
  if (kind !== "row") return null;
  return {
    type: "interactive",
    interactive: { type: "list_reply", list_reply: { id, title: text, ...(description ? { description } : {}) } },
  };
}
