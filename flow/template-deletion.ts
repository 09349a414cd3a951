import { isOpen, type TemplateStatus } from "./template.ts";

/** Why a template has to stay: flows send it, checkers are about to decide on it, or WhatsApp holds a text of it. */
export type DeletionRefusal =
  | { reason: "used"; flows: string[] }
  | { reason: "in-review" }
  | { reason: "held"; languages: string[] };

type Deletable = { usedIn: { name: string }[]; languages: { language: string; status: TemplateStatus }[] };

/** What keeps a template from being deleted, the first that has to be done away with; null: it may go. The one rule for menus and verbs. */
export function deletionRefusal({ usedIn, languages }: Deletable): DeletionRefusal | null {
  if (usedIn.length > 0) return { reason: "used", flows: usedIn.map(({ name }) => name) };
  const held = languages.filter(({ status }) => !isOpen(status)).map(({ language }) => language);
  if (held.length > 0) return { reason: "held", languages: held };
  return languages.some(({ status }) => status === "in-review") ? { reason: "in-review" } : null;
}
