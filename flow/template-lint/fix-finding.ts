import type { DraftContent, TemplateFinding } from "../lint-template.ts";

const greetings: Record<string, string> = { en: "Hello", fr: "Bonjour", es: "Hola", pt: "Olá", hi: "नमस्ते" };

const variable = /\{\{(?:[a-z_][a-z0-9_]*|[1-9]\d?)\}\}/g;

/** The language as it would be without this finding, where there is one plain way to mend it; else null. A person applies it, never the product by itself. */
export function fixFinding({ rule, language }: TemplateFinding, content: DraftContent): DraftContent | null {
  if (language !== content.language) return null;
  const { header, body, buttons } = content;
  switch (rule) {
    case "variable-starts-body":
      return { ...content, body: `${greetings[language.split("_")[0] ?? ""] ?? greetings.en} ${body.trimStart()}` };
    case "variable-ends-body":
      return { ...content, body: `${body.trimEnd()}${language.startsWith("hi") ? "।" : "."}` };
    case "blank-lines":
      return { ...content, body: body.replace(/\n{3,}/g, "\n\n") };
    case "header-formatting":
      return header?.kind === "text" ? { ...content, header: { kind: "text", text: withoutMarks(header.text) } } : null;
    case "button-order":
      return {
        ...content,
        buttons: [
          ...buttons.filter((button) => button.kind === "quick-reply"),
          ...buttons.filter((button) => button.kind !== "quick-reply"),
        ],
      };
    default:
      return null;
  }
}

/** Marks and pictures go, variables with their underscores stay. */
function withoutMarks(text: string): string {
  const kept = text.match(variable) ?? [];
  const parts = text
    .split(variable)
    .map((part) => part.replace(/[*_~`]|\p{Extended_Pictographic}\uFE0F?/gu, "").replace(/\s+/g, " "));
  return parts
    .map((part, index) => part + (kept[index] ?? ""))
    .join("")
    .trim();
}
