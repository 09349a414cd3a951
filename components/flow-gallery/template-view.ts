import type { PlainView } from "#components/phone/message-view.ts";
import { previewHeader, renderHeader } from "#flow/render-message.ts";
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
export function sampleMessage(
  { header, body, footer, buttons }: TemplateContent,
  samples: Record<string, string>,
): PlainView {
  return {
    header: header?.kind === "text" ? renderHeader(header, samples) : previewHeader(header, samples),
    body: fillText(body, samples),
    footer,
    buttons,
  };
}
