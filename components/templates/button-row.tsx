"use client";

import { ChevronDown, ChevronUp, X } from "lucide-react";
import type { KeyboardEvent } from "react";
import { useTranslations } from "use-intl";
import { Counter } from "#components/marked-text/counter.tsx";
import type { LocalFinding } from "#components/template-words/use-findings.ts";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import type { DraftButton } from "#flow/lint-template.ts";
import { buttonTextLimit } from "#flow/template-limits.ts";
import { ButtonTarget } from "./button-target.tsx";
import { setButtonText } from "./draft-edits.ts";
import { FieldFindings } from "./field-findings.tsx";
import type { TemplateDraftStore } from "./use-template-draft.ts";

type ButtonRowProps = {
  button: DraftButton;
  /** Where it stands among its neighbours, and the id of the field of its words. */
  place: { index: number; last: number; fieldId: string };
  /** What it may become. */
  kinds: readonly DraftButton["kind"][];
  isFull: (kind: DraftButton["kind"]) => boolean;
  acts: { move: (by: -1 | 1) => void; remove: () => void; changeKind: (kind: DraftButton["kind"]) => void };
  samples: Record<string, string>;
  findings: LocalFinding[];
  sampleFindings: LocalFinding[];
  language: string;
  change: TemplateDraftStore["change"];
  isLocked: boolean;
  /** Which buttons there are is fixed as soon as one language is with the provider. */
  isSetLocked: boolean;
};

/** One button: its kind, its words, where it leads, and its place among the others. */
export function ButtonRow(props: ButtonRowProps) {
  const { button, place, kinds, isFull, acts, findings, sampleFindings, language, samples, change } = props;
  const { isLocked, isSetLocked } = props;
  const t = useTranslations("templates.editor");
  const onKeyDown = (event: KeyboardEvent) => {
    if (!event.altKey || isSetLocked || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
    event.preventDefault();
    acts.move(event.key === "ArrowUp" ? -1 : 1);
  };
  return (
    <li className="space-y-1" onKeyDown={onKeyDown}>
      <div className="flex items-center gap-1.5">
        <Select
          aria-label={t("kindOf", { number: place.index + 1 })}
          className="w-36 shrink-0"
          disabled={isSetLocked}
          value={button.kind}
          onValueChange={(next) => acts.changeKind(kinds.find((kind) => kind === next) ?? button.kind)}
          options={kinds.map((kind) => ({
            value: kind,
            label: t(`kinds.${kind}`),
            isDisabled: kind !== button.kind && isFull(kind),
          }))}
        />
        <div className="relative min-w-0 flex-1">
          <Input
            id={place.fieldId}
            aria-label={t("textOf", { number: place.index + 1 })}
            aria-invalid={findings.some((finding) => finding.severity === "error") || undefined}
            // WhatsApp writes these buttons itself.
            readOnly={isLocked || button.kind === "coupon" || button.kind === "contact-request"}
            maxLength={200}
            className="pr-13"
            value={button.text}
            onChange={(event) => change(setButtonText(language, button.id, event.target.value))}
          />
          <Counter
            length={button.text.length}
            limit={buttonTextLimit(button.kind)}
            className="absolute top-2 right-2.5"
          />
        </div>
        {isSetLocked ? null : (
          <span className="flex shrink-0">
            <IconButton
              icon={ChevronUp}
              size="dense"
              className="w-6"
              label={t("moveUp")}
              shortcut="Alt ↑"
              disabled={place.index === 0}
              onClick={() => acts.move(-1)}
            />
            <IconButton
              icon={ChevronDown}
              size="dense"
              className="w-6"
              label={t("moveDown")}
              shortcut="Alt ↓"
              disabled={place.index === place.last}
              onClick={() => acts.move(1)}
            />
            <IconButton icon={X} size="dense" className="w-6" label={t("removeButton")} onClick={acts.remove} />
          </span>
        )}
      </div>
      <div className="pl-37.5">
        <ButtonTarget {...{ button, language, samples, sampleFindings, change, isLocked, isSetLocked }} />
        <FieldFindings findings={findings} />
      </div>
    </li>
  );
}
