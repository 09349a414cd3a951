"use client";

import { ChevronLeft, ChevronRight, CircleAlert, Plus, Trash2 } from "lucide-react";
import { parseAsInteger, useQueryState } from "nuqs";
import { useTranslations } from "use-intl";
import { findingsAt, type LocalFinding } from "#components/template-words/use-findings.ts";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Input } from "#components/ui/input.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import type { DraftContent } from "#flow/lint-template.ts";
import { cardFile } from "#flow/template.ts";
import { countedLength, templateLimits } from "#flow/template-limits.ts";
import { BodyField } from "./body-field.tsx";
import { CardButtons } from "./card-buttons.tsx";
import { addCard, moveCard, removeCard, setCardBody, setCardMedia } from "./card-edits.ts";
import { setSample } from "./draft-edits.ts";
import type { TemplateDraftStore } from "./use-template-draft.ts";

type Cards = DraftContent["header"] & { kind: "cards" };
type CardsEditorProps = {
  header: Cards;
  language: string;
  variables: string[];
  samples: Record<string, string>;
  findings: LocalFinding[];
  change: TemplateDraftStore["change"];
  isLocked: boolean;
  /** How many cards there are, and their buttons, is fixed as soon as one language is with the provider. */
  isSetLocked: boolean;
};

/** The cards of a carousel: one at a time, chosen by its number. */
export function CardsEditor(props: CardsEditorProps) {
  const { header, language, findings, change, isLocked, isSetLocked } = props;
  const t = useTranslations("templates.editor.cards");
  const [wanted, setCard] = useQueryState("card", parseAsInteger.withDefault(1));
  const { cards, media } = header;
  const at = Math.min(Math.max(wanted, 1), Math.max(cards.length, 1)) - 1;
  const isWrong = (index: number) =>
    findings.some(
      ({ field, severity, language: of }) =>
        severity === "error" && (of === language || of === null) && `${field}.`.startsWith(`cards.${index}.`),
    );
  const move = (by: -1 | 1) => {
    change(moveCard(at, by));
    setCard(at + 1 + by);
  };
  return (
    <section className="space-y-3" aria-label={t("title")}>
      <div className="flex items-baseline justify-between gap-3">
        <h2 className="font-medium text-sm">{t("title")}</h2>
        <span className="text-tertiary text-xs">
          {t("limits", { count: cards.length, fewest: templateLimits.fewestCards, most: templateLimits.cards })}
        </span>
      </div>
      <div className="flex flex-wrap items-center gap-2">
        <Segmented
          aria-label={t("which")}
          className="flex-wrap"
          value={String(at + 1)}
          onValueChange={(next) => setCard(Number(next))}
          options={cards.map((_, index) => ({
            value: String(index + 1),
            title: t("card", { number: index + 1 }),
            label: (
              <>
                {index + 1}
                {isWrong(index) ? <CircleAlert aria-label={t("wrong")} className="size-3.5! text-danger" /> : null}
              </>
            ),
          }))}
        />
        {isSetLocked || cards.length >= templateLimits.cards ? null : (
          <Button
            size="dense"
            onClick={() => {
              change(addCard);
              setCard(cards.length + 1);
            }}
          >
            <Plus aria-hidden />
            {t("add")}
          </Button>
        )}
        <span className="flex-1" />
        {isSetLocked ? null : (
          <span className="flex">
            <IconButton
              icon={ChevronLeft}
              size="dense"
              label={t("moveLeft")}
              disabled={at === 0}
              onClick={() => move(-1)}
            />
            <IconButton
              icon={ChevronRight}
              size="dense"
              label={t("moveRight")}
              disabled={at === cards.length - 1}
              onClick={() => move(1)}
            />
            <IconButton
              icon={Trash2}
              size="dense"
              label={t("remove", { number: at + 1 })}
              disabled={cards.length <= templateLimits.fewestCards}
              onClick={() => change(removeCard(at))}
            />
          </span>
        )}
      </div>
      <OneCard key={`${language} ${at}`} {...props} at={at} />
      <div className="flex flex-wrap items-center justify-between gap-2 border-border border-t pt-3">
        <span className="text-secondary text-sm">{t("media")}</span>
        <Segmented
          isDense
          aria-label={t("media")}
          isDisabled={isSetLocked || isLocked}
          value={media}
          onValueChange={(next) => change(setCardMedia(next))}
          options={(["image", "video"] as const).map((value) => ({ value, label: t(value) }))}
        />
      </div>
    </section>
  );
}

function OneCard(props: CardsEditorProps & { at: number }) {
  const { header, at, language, variables, samples, findings, change, isLocked, isSetLocked } = props;
  const t = useTranslations("templates.editor.cards");
  const card = header.cards[at];
  if (!card) return null;
  const file = cardFile(at, header.media);
  return (
    <div className="space-y-3 rounded-md border border-border p-3">
      <Field label={t(`file.${header.media}`)} help={t("fileHelp", { variable: file })}>
        <Input
          isDense
          id={`sample-${file}`}
          inputMode="url"
          placeholder={t("filePlaceholder")}
          maxLength={2000}
          readOnly={isLocked}
          value={samples[file] ?? ""}
          onChange={(event) => change(setSample(file, event.target.value))}
        />
      </Field>
      <BodyField
        id={`card-${language}-${at}`}
        label={t("body", { number: at + 1 })}
        limit={templateLimits.cardBody}
        value={card.body}
        onValueChange={(body) => change(setCardBody(language, at, body))}
        variables={variables}
        samples={samples}
        length={countedLength(card.body, samples)}
        findings={findingsAt(findings, language, `cards.${at}`)}
        isLocked={isLocked}
        isShort
      />
      <CardButtons {...{ card, at, language, samples, findings, change, isLocked, isSetLocked }} />
    </div>
  );
}
