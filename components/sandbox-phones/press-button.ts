import type { MessageView } from "#components/phone/message-view.ts";
import type { Sheet } from "./open-sheet.tsx";

export type Outcome =
  | { kind: "tap"; tap: { wamid: string; buttonIndex: number; cardIndex?: number } }
  | { kind: "sheet"; sheet: Sheet }
  | { kind: "copy"; text: string }
  | { kind: "tell"; what: "call" | "callHere" | "catalogue"; detail: string }
  | { kind: "nothing" };

/** What happens on the phone when a button of a message is pressed. Buttons are named by their places: "2", or "1.0" on a card. */
export function pressButton(wamid: string, view: MessageView | null, buttonId: string): Outcome {
  if (!view || (view.kind !== undefined && view.kind !== "plain")) return { kind: "nothing" };
  if (buttonId === "list")
    return view.list ? { kind: "sheet", sheet: { kind: "list", wamid, list: view.list } } : { kind: "nothing" };
  const [first = 0, second] = buttonId.split(".").map(Number);
  const buttons = second === undefined ? view.buttons : view.cards?.[first]?.buttons;
  const button = buttons?.find(({ id }) => id === buttonId);
  if (!button) return { kind: "nothing" };
  switch (button.kind) {
    case "copy":
      return { kind: "copy", text: button.value ?? "" };
    case "form":
      return { kind: "sheet", sheet: { kind: "form", wamid, label: button.text } };
    case "address":
      return { kind: "sheet", sheet: { kind: "address", wamid, label: button.text } };
    case "location":
      return { kind: "sheet", sheet: { kind: "place", replyTo: wamid } };
    case "contact_info":
      return { kind: "sheet", sheet: { kind: "person", isSelf: true, replyTo: wamid } };
    case "pay":
      return view.order ? { kind: "sheet", sheet: { kind: "order", order: view.order } } : { kind: "nothing" };
    case "phone":
      return button.value
        ? { kind: "tell", what: "call", detail: button.value }
        : { kind: "tell", what: "callHere", detail: "" };
    case "shop":
      return { kind: "tell", what: "catalogue", detail: "" };
    // Also a link, which the browser opens: the sandbox counts who tapped it.
    default:
      return {
        kind: "tap",
        tap: second === undefined ? { wamid, buttonIndex: first } : { wamid, buttonIndex: second, cardIndex: first },
      };
  }
}
