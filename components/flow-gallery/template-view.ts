import type { PlainView } from "#components/phone/message-view.ts";
import { type FreeContent, isFree } from "#flow/free-message.ts";
import { previewFree } from "#flow/render-free.ts";
import { previewMessage } from "#flow/render-message.ts";
import { fillText, type TemplateContent } from "#flow/template.ts";

/** The language to show: the wanted one, else one of the same tongue, else the first there is. */
export function contentIn<Content extends { language: string }>(
  template: { languages: readonly Content[] },
  language: string,
): Content | undefined {
  const tongue = language.slice(0, 2);
  return (
    template.languages.find((content) => content.language === language) ??
    template.languages.find((content) => content.language.startsWith(tongue)) ??
    template.languages[0]
  );
}

/** A template as a person would get it, with the sample values in its blanks. */
export function sampleMessage(content: TemplateContent | FreeContent, samples: Record<string, string>): PlainView {
  const drawn = isFree(content) ? previewFree(content, samples) : previewMessage(content, samples);
  const { header, body, cards, ...rest } = drawn;
  return {
    ...rest,
    header: header?.kind === "text" ? { kind: "text", text: fillText(header.text, samples) } : header,
    body: fillText(body, samples),
    ...(cards && { cards: cards.map((card) => ({ ...card, body: fillText(card.body, samples) })) }),
  };
}
