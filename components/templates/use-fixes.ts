import { useSession } from "#components/session/session-provider.tsx";
import type { LocalFinding } from "#components/template-words/use-findings.ts";
import type { DraftContent } from "#flow/lint-template.ts";
import { fixFinding } from "#flow/template-lint/fix-finding.ts";
import { arrangeButtons, editLanguage } from "./draft-edits.ts";
import type { OpenTemplate } from "./template-row.ts";
import type { TemplateDraftStore } from "./use-template-draft.ts";

/** What a finding's part says now and would say, and the act that makes it so. */
export type Fix = { before: string; after: string; apply: () => void };

/** Suggestions for what has one plain way to be mended, where the person may write and WhatsApp does not hold the text. */
export function useFixes(template: OpenTemplate, store: TemplateDraftStore): (finding: LocalFinding) => Fix | null {
  const mayEdit = useSession().can("edit-templates");
  return (finding) => {
    const content = store.draft.languages.find((one) => one.language === finding.language);
    const isLocked = (one: OpenTemplate["languages"][number]) =>
      !one.isOpen && (one.language === finding.language || finding.rule === "button-order");
    if (!mayEdit || !content || template.languages.some(isLocked)) return null;
    const fixed = fixFinding(finding, content);
    if (!fixed) return null;
    const apply = () =>
      store.change(
        // The order of buttons is one for all languages.
        finding.rule === "button-order"
          ? arrangeButtons(fixed.buttons.map((button) => button.id))
          : editLanguage(content.language, () => fixed),
      );
    return { before: partOf(content, finding), after: partOf(fixed, finding), apply };
  };
}

function partOf({ header, body, footer, buttons }: DraftContent, { field }: LocalFinding): string {
  if (field === "header") return header?.kind === "text" ? header.text : "";
  if (field === "footer") return footer ?? "";
  const card = header?.kind === "cards" ? header.cards[Number(/^cards\.(\d+)$/.exec(field)?.[1] ?? -1)] : undefined;
  if (card) return card.body;
  return field === "buttons" ? buttons.map((button) => button.text).join(", ") : body;
}
