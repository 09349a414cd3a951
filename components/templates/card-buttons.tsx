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
import type { DraftCard } from "#flow/lint-template.ts";
import { templateLimits } from "#flow/template-limits.ts";
import { buttonIcons, cardButtonKinds, reasonAgainst } from "./button-kinds.ts";
import { ButtonRow } from "./button-row.tsx";
import { addCardButton, changeCardButtonKind, moveCardButton, removeCardButton } from "./card-edits.ts";
import type { TemplateDraftStore } from "./use-template-draft.ts";

type CardButtonsProps = {
  card: DraftCard;
  at: number;
  language: string;
  samples: Record<string, string>;
  findings: LocalFinding[];
  change: TemplateDraftStore["change"];
  isLocked: boolean;
  isSetLocked: boolean;
};

/** The one or two buttons of a card. Which kinds there are holds for all cards; words and targets are each card's own. */
export function CardButtons({
  card,
  at,
  language,
  samples,
  findings,
  change,
  isLocked,
  isSetLocked,
}: CardButtonsProps) {
  const t = useTranslations("templates.editor");
  const { buttons } = card;
  return (
    <div className="space-y-2.5">
      <div className="flex items-baseline justify-between gap-3">
        <h3 className="font-medium text-sm">{t("buttons")}</h3>
        <span className="text-tertiary text-xs">{isSetLocked ? t("buttonsLocked") : t("cards.sameButtons")}</span>
      </div>
      <ul className="space-y-2.5">
        {buttons.map((button, index) => (
          <ButtonRow
            key={button.id}
            button={button}
            place={{ index, last: buttons.length - 1, fieldId: `card-${language}-${at}-button-${index}` }}
            kinds={cardButtonKinds}
            isFull={(kind) =>
              reasonAgainst(
                kind,
                buttons.filter((other) => other !== button),
              ) !== null
            }
            acts={{
              move: (by) => change(moveCardButton(index, by)),
              remove: () => change(removeCardButton(index)),
              changeKind: (kind) => change(changeCardButtonKind(index, kind)),
            }}
            samples={samples}
            sampleFindings={[]}
            findings={findingsAt(findings, language, `cards.${at}.buttons.${index}`)}
            language={language}
            change={change}
            isLocked={isLocked}
            isSetLocked={isSetLocked}
          />
        ))}
      </ul>
      {isSetLocked || buttons.length >= templateLimits.cardButtons ? null : (
        <DropdownMenu>
          <DropdownMenuTrigger asChild>
            <Button size="dense">
              <Plus aria-hidden />
              {t("cards.addButton")}
            </Button>
          </DropdownMenuTrigger>
          <DropdownMenuContent align="start">
            {cardButtonKinds.map((kind) => (
              <DropdownMenuItem
                key={kind}
                icon={buttonIcons[kind]}
                disabled={reasonAgainst(kind, buttons) !== null}
                onSelect={() => change(addCardButton(kind))}
              >
                {t(`kinds.${kind}`)}
              </DropdownMenuItem>
            ))}
          </DropdownMenuContent>
        </DropdownMenu>
      )}
    </div>
  );
}
