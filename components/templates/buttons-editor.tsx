"use client";

import { ChevronDown, ChevronUp, Plus, X } from "lucide-react";
import type { KeyboardEvent } from "react";
import { useTranslations } from "use-intl";
import { findingsAt, type LocalFinding } from "#components/template-words/use-findings.ts";
import { Button } from "#components/ui/button.tsx";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "#components/ui/dropdown-menu.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import type { DraftButton, DraftContent } from "#flow/lint-template.ts";
import { templateLimits } from "#flow/template-limits.ts";
import { buttonIcons, buttonKinds, reasonAgainst } from "./button-kinds.ts";
import { ButtonTarget } from "./button-target.tsx";
import { Counter } from "./counter.tsx";
import { addButton, changeButtonKind, moveButton, removeButton, setButtonText } from "./draft-edits.ts";
import { FieldFindings } from "./field-findings.tsx";
import type { TemplateDraftStore } from "./use-template-draft.ts";

type ButtonsEditorProps = {
  content: DraftContent;
  samples: Record<string, string>;
  findings: LocalFinding[];
  change: TemplateDraftStore["change"];
  isLocked: boolean;
  /** Which buttons there are is fixed as soon as one language is with the provider. */
  isSetLocked: boolean;
};

/** The buttons of one language. Kind, order and number hold for all languages; only the words are this language's own. */
export function ButtonsEditor({ content, samples, findings, change, isLocked, isSetLocked }: ButtonsEditorProps) {
  const t = useTranslations("templates.editor");
  const { buttons } = content;
  /** Whether a button may not become one of this kind: as if it were not there. */
  const isFull = (kind: DraftButton["kind"], id: string) =>
    reasonAgainst(
      kind,
      buttons.filter((button) => button.id !== id),
    ) !== null;
  return (
    <section>
      <div className="mb-1.5 flex items-baseline justify-between gap-3">
        <h2 className="font-medium text-sm">{t("buttons")}</h2>
        <span className="text-tertiary text-xs">
          {isSetLocked ? t("buttonsLocked") : t("buttonLimits", { count: buttons.length, ...templateLimits })}
        </span>
      </div>
      <ul className="space-y-2.5">
        {buttons.map((button, index) => (
          <ButtonRow
            key={button.id}
            button={button}
            place={{ index, last: buttons.length - 1 }}
            isFull={(kind) => isFull(kind, button.id)}
            samples={samples}
            sampleFindings={findingsAt(findings, content.language, "samples.coupon")}
            findings={findingsAt(findings, content.language, `buttons.${index}`)}
            language={content.language}
            change={change}
            isLocked={isLocked}
            isSetLocked={isSetLocked}
          />
        ))}
      </ul>
      <FieldFindings findings={findingsAt(findings, content.language, "buttons")} />
      {isSetLocked ? null : (
        <DropdownMenu>
          <DropdownMenuTrigger asChild>
            <Button size="dense" className="mt-2.5">
              <Plus aria-hidden />
              {t("addButton")}
            </Button>
          </DropdownMenuTrigger>
          <DropdownMenuContent align="start">
            {buttonKinds.map((kind) => {
              const reason = reasonAgainst(kind, buttons);
              return (
                <DropdownMenuItem
                  key={kind}
                  icon={buttonIcons[kind]}
                  disabled={reason !== null}
                  shortcut={reason ? t(`full.${reason}`, templateLimits) : null}
                  onSelect={() => change(addButton(kind))}
                >
                  {t(`kinds.${kind}`)}
                </DropdownMenuItem>
              );
            })}
          </DropdownMenuContent>
        </DropdownMenu>
      )}
    </section>
  );
}

type ButtonRowProps = Omit<ButtonsEditorProps, "content"> & {
  button: DraftButton;
  place: { index: number; last: number };
  isFull: (kind: DraftButton["kind"]) => boolean;
  sampleFindings: LocalFinding[];
  language: string;
};

function ButtonRow(props: ButtonRowProps) {
  const { button, place, isFull, findings, sampleFindings, language, samples, change, isLocked, isSetLocked } = props;
  const t = useTranslations("templates.editor");
  const onKeyDown = (event: KeyboardEvent) => {
    if (!event.altKey || isSetLocked || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
    event.preventDefault();
    change(moveButton(button.id, event.key === "ArrowUp" ? -1 : 1));
  };
  return (
    <li className="space-y-1" onKeyDown={onKeyDown}>
      <div className="flex items-center gap-1.5">
        <Select
          aria-label={t("kindOf", { number: place.index + 1 })}
          className="w-32 shrink-0"
          disabled={isSetLocked}
          value={button.kind}
          onValueChange={(next) =>
            change(changeButtonKind(button.id, buttonKinds.find((kind) => kind === next) ?? button.kind))
          }
          options={buttonKinds.map((kind) => ({
            value: kind,
            label: t(`kinds.${kind}`),
            isDisabled: kind !== button.kind && isFull(kind),
          }))}
        />
        <div className="relative min-w-0 flex-1">
          <Input
            id={`button-${language}-${place.index}`}
            aria-label={t("textOf", { number: place.index + 1 })}
            aria-invalid={findings.some((finding) => finding.severity === "error") || undefined}
            // WhatsApp writes a coupon's button itself.
            readOnly={isLocked || button.kind === "coupon"}
            maxLength={200}
            className="pr-13"
            value={button.text}
            onChange={(event) => change(setButtonText(language, button.id, event.target.value))}
          />
          <Counter length={button.text.length} limit={templateLimits.buttonText} className="absolute top-2 right-2.5" />
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
              onClick={() => change(moveButton(button.id, -1))}
            />
            <IconButton
              icon={ChevronDown}
              size="dense"
              className="w-6"
              label={t("moveDown")}
              shortcut="Alt ↓"
              disabled={place.index === place.last}
              onClick={() => change(moveButton(button.id, 1))}
            />
            <IconButton
              icon={X}
              size="dense"
              className="w-6"
              label={t("removeButton")}
              onClick={() => change(removeButton(button.id))}
            />
          </span>
        )}
      </div>
      <div className="pl-33.5">
        <ButtonTarget {...{ button, language, samples, sampleFindings, change, isLocked, isSetLocked }} />
        <FieldFindings findings={findings} />
      </div>
    </li>
  );
}
