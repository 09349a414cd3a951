import { z } from "zod";
import type { MessageView } from "#components/phone/message-view.ts";
import type { PhoneMessage } from "./phones-list.ts";
import { type LabelOf, viewOfMessage } from "./view-of-message.ts";

/** One bubble of a chat, or a fact that stands between bubbles. */
export type ChatLine = {
  message: PhoneMessage;
  /** Null for a fact: its words are the page's. */
  view: MessageView | null;
  /** Replies that were tapped already. */
  usedButtonIds: string[];
};

type Words = { labelOf: LabelOf; businessName: string; textOf: (view: MessageView) => string };

/**
 * A chat as it is seen: reactions stand on the bubbles they belong to, edits and deletions change what was written before, answers
 * quote what they answer.
 */
export function foldChat(messages: PhoneMessage[], { labelOf, businessName, textOf }: Words): ChatLine[] {
  const changes = readChanges(messages);
  const views = new Map(
    messages.map((message) => [
      message.wamid,
      changes.deleted.has(message.wamid)
        ? ({ kind: "notice", notice: "deleted" } as const)
        : withEdit(viewOfMessage(message, labelOf), changes.edited.get(message.wamid)),
    ]),
  );
  const byId = new Map(messages.map((message) => [message.wamid, message]));
  return messages.flatMap((message): ChatLine[] => {
    if (hidden.has(message.type)) return [];
    if (message.type === "system") return [{ message, view: null, usedButtonIds: [] }];
    const view = views.get(message.wamid) ?? { kind: "notice" as const, notice: "unsupported" as const };
    const quoted = byId.get(message.repliesTo ?? "");
    const quotedView = quoted && views.get(quoted.wamid);
    const quote = quotedView && {
      author: quoted.isFromBusiness ? businessName : null,
      text: textOf(quotedView),
      isOwn: !quoted.isFromBusiness,
    };
    const reactions = [...(changes.reactions.get(message.wamid)?.values() ?? [])].filter(Boolean);
    const line: MessageView = { ...view, ...(quote ? { quote } : {}), ...(reactions.length > 0 ? { reactions } : {}) };
    return [{ message, view: line, usedButtonIds: usedButtons(message, line, messages) }];
  });
}

/** Told by what they change; never a bubble of their own. */
export const hidden = new Set(["reaction", "edit", "revoke"]);

const Reaction = z.object({ reaction: z.object({ message_id: z.string(), emoji: z.string().optional() }) });
const Edit = z.object({
  edit: z.object({
    original_message_id: z.string(),
    message: z.object({ text: z.object({ body: z.string() }).optional() }),
  }),
});
const Revoke = z.object({ revoke: z.object({ original_message_id: z.string() }) });

function readChanges(messages: PhoneMessage[]) {
  const reactions = new Map<string, Map<boolean, string>>();
  const edited = new Map<string, string>();
  const deleted = new Set<string>();
  for (const { content, isFromBusiness } of messages) {
    const reaction = Reaction.safeParse(content).data?.reaction;
    if (reaction) {
      const onIt = reactions.get(reaction.message_id) ?? new Map<boolean, string>();
      // One each: a second reaction takes the first one's place, none takes it away.
      reactions.set(reaction.message_id, onIt.set(isFromBusiness, reaction.emoji ?? ""));
    }
    const edit = Edit.safeParse(content).data?.edit;
    if (edit?.message.text) edited.set(edit.original_message_id, edit.message.text.body);
    const revoke = Revoke.safeParse(content).data?.revoke;
    if (revoke) deleted.add(revoke.original_message_id);
  }
  return { reactions, edited, deleted };
}

function withEdit(view: MessageView, body: string | undefined): MessageView {
  if (body === undefined || (view.kind !== undefined && view.kind !== "plain")) return view;
  return { ...view, body, isEdited: true };
}

/** Replies by button and by word look the same on a phone; only a tap carries the button's own type. */
function usedButtons(message: PhoneMessage, view: MessageView, messages: PhoneMessage[]): string[] {
  if (!message.isFromBusiness || (view.kind !== undefined && view.kind !== "plain")) return [];
  const tapped = messages
    .filter((one) => one.repliesTo === message.wamid && (one.type === "button" || one.type === "interactive"))
    .map((one) => one.body);
  return (view.buttons ?? [])
    .filter((button) => (button.kind === "reply" || button.kind === "quick_reply") && tapped.includes(button.text))
    .map((button) => button.id);
}
