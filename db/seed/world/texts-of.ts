import type { FreeContent } from "#flow/free-message.ts";
import type { TemplateInfo } from "#flow/template.ts";
import type { Got } from "#server/demo/world/act.ts";
import { languageFor } from "../history.ts";
import type { Sent } from "../play-life.ts";

export type Texts = readonly TemplateInfo[];

/** What is said in this person's language; undefined where the message is said in none. */
export const freeFor = (contents: readonly FreeContent[] | undefined, locale: string): FreeContent | undefined =>
  contents?.find(({ language }) => language.slice(0, 2) === locale.slice(0, 2)) ?? contents?.[0];

export type PhoneButton = Got["buttons"][number] & { text: string };

/** What can be tapped on a message, in its order, with the words on it. */
export function buttonsOf(
  texts: Texts,
  { template, free }: Pick<Sent, "template" | "free">,
  locale: string,
): PhoneButton[] {
  if (template !== null)
    return (languageFor(texts, template, locale)?.buttons ?? []).map(({ id, kind, text }) => ({
      id,
      text,
      kind: kind === "quick-reply" ? "answer" : "link",
    }));
  const said = freeFor(free, locale);
  return [
    ...(said?.buttons ?? []).map(({ id, text }) => ({ id, text, kind: "answer" as const })),
    ...(said?.list?.sections ?? []).flatMap(({ rows }) =>
      rows.map((row) => ({ id: row.id, text: row.title, kind: "row" as const })),
    ),
  ];
}
