"use client";

import { PenLine } from "lucide-react";
import { type ReactNode, useId, useState } from "react";
import { useTranslations } from "use-intl";
import { useSession } from "#components/session/session-provider.tsx";
import { Button } from "#components/ui/button.tsx";
import { Rule } from "#flow/rule.ts";
import { RuleBuilder } from "./rule-builder.tsx";
import { asGroup, draftRule } from "./rule-edits.ts";
import { fieldFinder } from "./unknown-field.ts";
import { useRuleSentence } from "./use-rule-sentence.ts";
import type { RuleField } from "./value-kind.ts";

type RuleEditorProps = {
  label: string;
  rule: unknown;
  fields: readonly RuleField[];
  onChange: (rule: Rule) => void;
  isDisabled?: boolean;
  /** Under the lines while they are open: how many people match. */
  footer?: ReactNode;
};

/** A rule in a narrow place: closed it is one sentence, opened it is the builder. What is empty or unfinished stands open. */
export function RuleEditor({ label, rule, fields, onChange, isDisabled, footer }: RuleEditorProps) {
  const t = useTranslations("ruleBuilder");
  const { workspace } = useSession();
  const sentence = useRuleSentence();
  const id = useId();
  const root = draftRule(rule);
  const isReady = asGroup(root).rules.length > 0 && Rule.safeParse(root).success;
  const [isOpen, setOpen] = useState(!isReady);
  if (isOpen || !isReady) {
    return (
      <div id={id}>
        <RuleBuilder label={label} rule={rule} fields={fields} onChange={onChange} isDisabled={isDisabled} />
        {footer}
        {isReady ? (
          <Button
            variant="link"
            className="mt-1 text-xs"
            aria-expanded
            aria-controls={id}
            onClick={() => setOpen(false)}
          >
            {t("close")}
          </Button>
        ) : null}
      </div>
    );
  }
  return (
    <button
      type="button"
      aria-expanded={false}
      aria-label={t("open", { label })}
      onClick={() => setOpen(true)}
      className="group flex w-full items-start gap-2 rounded-md border border-border bg-surface px-2.5 py-1.5 text-left text-sm hover:border-border-strong"
    >
      <span className="min-w-0 flex-1 break-words first-letter:uppercase">
        {sentence(root, fieldFinder(fields), workspace.timezone)}
      </span>
      <PenLine aria-hidden className="mt-0.5 size-3.5 shrink-0 text-tertiary group-hover:text-ink" />
    </button>
  );
}
