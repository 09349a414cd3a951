"use client";

import { useLocale, useTranslations } from "use-intl";
import type { Approval } from "#components/approval-ask/approval.ts";
import { useStepWords } from "#components/flow-words/use-step-words.ts";
import { languageName } from "#components/template-words/language-name.ts";

/** What a comment can be about: the steps of a flow, the fields of a template in each language. */
export function usePlaces({ snapshot }: Approval): { id: string; name: string }[] {
  const locale = useLocale();
  const steps = useStepWords();
  const parts = useTranslations("approvals.changes.parts");
  if (snapshot.kind === "flow") return snapshot.graph.nodes.map((node) => ({ id: node.id, name: steps.title(node) }));
  return snapshot.languages.flatMap(({ language, header, footer, buttons }) => {
    const fields = [
      ...(header ? [{ id: "header", name: parts("header") }] : []),
      { id: "body", name: parts("body") },
      ...(footer ? [{ id: "footer", name: parts("footer") }] : []),
      ...buttons.map((button, index) => ({ id: `button.${button.id}`, name: parts("button", { number: index + 1 }) })),
    ];
    return fields.map(({ id, name }) => ({
      id: `${language}.${id}`,
      name: `${name}, ${languageName(language, locale)}`,
    }));
  });
}
