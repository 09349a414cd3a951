import type { PlainView } from "#components/phone/message-view.ts";
import { previewMessage } from "#flow/render-message.ts";
import { fillText, type TemplateContent, type TemplateInfo } from "#flow/template.ts";

/** The language to show: the wanted one, else one of the same tongue, else the first there is. */
export function contentIn(template: TemplateInfo, language: string): TemplateContent | undefined {
  const tongue = language.slice(0, 2);
  return (
    template.languages.find((content) => content.language === language) ??
    template.languages.find((content) => content.language.startsWith(tongue)) ??
    template.languages[0]
  );
}

/** A template as a person would get it, with the sample values in its blanks. */
export function sampleMessage(content: TemplateContent, samples: Record<string, string>): PlainView {
  const { header, body, cards, ...rest } = previewMessage(content, samples);
  return {
    ...rest,
    header: header?.kind === "text" ? { kind: "text", text: fillText(header.text, samples) } : header,
    body: fillText(body, samples),
    ...(cards && { cards: cards.map((card) => ({ ...card, body: fillText(card.body, samples) })) }),
  };
}
