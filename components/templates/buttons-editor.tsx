"use client";

import { Plus } from "lucide-react";
import { useTranslations } from "use-intl";
import { findingsAt, type LocalFinding } from "#components/template-words/use-findings.ts";
import { Button } from "#components/ui/button.tsx";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "#components/ui/dropdown-menu.tsx";
import type { DraftButton, DraftContent } from "#flow/lint-template.ts";
import { templateLimits } from "#flow/template-limits.ts";
import { buttonIcons, buttonKinds, reasonAgainst } from "./button-kinds.ts";
import { ButtonRow } from "./button-row.tsx";
import { addButton, changeButtonKind, moveButton, removeButton } from "./draft-edits.ts";
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
            place={{ index, last: buttons.length - 1, fieldId: `button-${content.language}-${index}` }}
            kinds={buttonKinds}
            isFull={(kind) => isFull(kind, button.id)}
            acts={{
              move: (by) => change(moveButton(button.id, by)),
              remove: () => change(removeButton(button.id)),
              changeKind: (kind) => change(changeButtonKind(button.id, kind)),
            }}
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
