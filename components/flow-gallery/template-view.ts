import type { MessageView } from "#components/phone/message-view.ts";
import type { Blank } from "#components/phone/rich-text.tsx";
import type { TemplateContent, TemplateInfo } from "#flow/template.ts";

/** The language to show: the wanted one, else one of the same tongue, else the first there is. */
export function contentIn(template: TemplateInfo, language: string): TemplateContent | undefined {
  const tongue = language.slice(0, 2);
  return (
    template.languages.find((content) => content.language === language) ??
    template.languages.find((content) => content.language.startsWith(tongue)) ??
    template.languages[0]
  );
}

/** A template's text as the phone draws it; its blanks are filled by `sampleBlank`. */
export const viewOf = ({ header, body, footer, buttons }: TemplateContent): MessageView => ({
  header,
  body,
  footer,
  buttons,
});

/** Fills blanks with the template's sample values. */
export const sampleBlank =
  (samples: Record<string, string>) =>
  (name: string): Blank => ({ name, value: samples[name] ?? null });
