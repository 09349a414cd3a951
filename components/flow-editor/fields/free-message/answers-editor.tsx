"use client";

import { X } from "lucide-react";
import { useTranslations } from "use-intl";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Input } from "#components/ui/input.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import { type FreeButton, type FreeContent, freeLimits } from "#flow/free-message.ts";
import { AddItem } from "../list-frame.tsx";
import { CountedInput } from "./counted-input.tsx";
import { addAnswer, inAll, inLanguage, removeButton } from "./free-edits.ts";
import type { PartProps } from "./part-props.ts";

/** The buttons under the text: up to three answers. Each has a way out of its own. */
export function ButtonsEditor({ contents, content, onChange, isWrong }: PartProps) {
  const t = useTranslations("flowEditor.freeMessage");
  const { buttons, language } = content;
  return (
    <div className="space-y-1.5">
      <p className="text-secondary text-sm">{t("answers")}</p>
      {buttons.map((button, index) => (
        <div key={button.id} className="flex items-center gap-1">
          <CountedInput
            className="flex-1"
            lang={language}
            label={t("answer", { number: index + 1 })}
            limit={freeLimits.button}
            value={button.text}
            isWrong={isWrong(`buttons.${index}`)}
            onChange={(text) => onChange(inLanguage(contents, language, (one) => withButton(one, button.id, { text })))}
          />
          {buttons.length > 1 ? (
            <IconButton
              size="dense"
              className="w-6"
              icon={X}
              label={t("removeAnswer", { text: button.text || String(index + 1) })}
              onClick={() => onChange(removeButton(contents, button.id))}
            />
          ) : null}
        </div>
      ))}
      {buttons.length < freeLimits.buttons ? (
        <AddItem onClick={() => onChange(addAnswer(contents))}>{t("addAnswer")}</AddItem>
      ) : (
        <p className="text-secondary text-xs">{t("fullAnswers")}</p>
      )}
    </div>
  );
}

/** One button that opens an address: a tracked one made for each person, or one of the bank's own. */
export function LinkEditor({ contents, content, onChange, isWrong }: PartProps) {
  const t = useTranslations("flowEditor.freeMessage");
  const [button] = content.buttons;
  if (!button) return null;
  const { language } = content;
  return (
    <div className="space-y-1.5">
      <p className="text-secondary text-sm">{t("link")}</p>
      <CountedInput
        lang={language}
        label={t("linkText")}
        limit={freeLimits.button}
        value={button.text}
        isWrong={isWrong("buttons.0")}
        onChange={(text) => onChange(inLanguage(contents, language, (one) => withButton(one, button.id, { text })))}
      />
      <Segmented
        isDense
        className="flex"
        aria-label={t("link")}
        value={button.kind === "url" ? "url" : "link"}
        options={[
          { value: "link", label: t("trackedLink") },
          { value: "url", label: t("ownAddress") },
        ]}
        onValueChange={(kind) => onChange(inAll(contents, (one) => withTarget(one, kind)))}
      />
      {button.kind === "url" ? (
        <Input
          isDense
          type="url"
          aria-label={t("address")}
          aria-invalid={isWrong("buttons.0") || undefined}
          placeholder="https://"
          className="font-mono text-xs"
          value={button.url}
          onChange={(event) =>
            onChange(
              inLanguage(contents, language, (one) => withButton(one, button.id, { url: event.target.value.trim() })),
            )
          }
        />
      ) : (
        <p className="text-secondary text-xs">{t("trackedHelp")}</p>
      )}
    </div>
  );
}

const withButton = (content: FreeContent, id: string, change: { text?: string; url?: string }): FreeContent => ({
  ...content,
  buttons: content.buttons.map((button): FreeButton => {
    if (button.id !== id) return button;
    const text = change.text ?? button.text;
    return button.kind === "url" ? { ...button, text, url: change.url ?? button.url } : { ...button, text };
  }),
});

const withTarget = (content: FreeContent, kind: "link" | "url"): FreeContent => ({
  ...content,
  buttons: content.buttons.map(({ id, text }) => (kind === "link" ? { kind, id, text } : { kind, id, text, url: "" })),
});
