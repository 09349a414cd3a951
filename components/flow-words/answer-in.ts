import { contentIn } from "#components/flow-canvas/template-words.ts";
import type { Handle } from "#flow/define-node.ts";
import { answersOf, isFree } from "#flow/free-message.ts";
import type { GraphNode } from "#flow/graph.ts";
import { allButtons, type Catalog } from "#flow/template.ts";
import { messageOf } from "./step-handles.ts";

/**
 * What the button behind a way out says to people of this language. A way is named by its message's first language, which need not be
 * the one of whoever looks. Undefined: the way is no button, or one of a card, which is named with the card's number.
 */
export function answerIn(step: GraphNode, { id, text, place }: Handle, catalog: Catalog, locale: string) {
  if (place !== "reply") return undefined;
  const message = messageOf(step, catalog);
  const content = message && contentIn(message, locale);
  if (!content) return undefined;
  const answers = isFree(content) ? answersOf(content) : allButtons(content);
  const said = answers.find((answer) => `button:${answer.id}` === id)?.text;
  const [card = ""] = /^\d+\. /.exec(isFree(content) ? "" : (text ?? "")) ?? [];
  return said && `${card}${said}`;
}
