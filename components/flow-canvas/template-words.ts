import { z } from "zod";
import { Binding } from "#flow/binding.ts";
import { mayStayEmpty } from "#flow/format-binding.ts";

/** The wording to show to someone who works in this language: theirs, else English, else the first there is. */
export function contentIn<Content extends { language: string }>(
  template: { languages: readonly Content[] },
  locale: string,
): Content | undefined {
  const wanted = locale.split("-")[0] ?? "";
  const find = (language: string) => template.languages.find((content) => content.language.split("_")[0] === language);
  return find(wanted) ?? find("en") ?? template.languages[0];
}

/** A blank that nothing fills, or that may stay empty for somebody: its message would then not leave. */
export function isBlankAtRisk(values: unknown, name: string): boolean {
  const binding = bindingOf(values, name);
  return binding === null || mayStayEmpty(binding);
}

/** What fills a blank, or null when nothing (readable) does. Half-typed texts and addresses still count: one is typing them. */
export function bindingOf(values: unknown, name: string): Binding | null {
  if (typeof values !== "object" || values === null) return null;
  const value: unknown = Reflect.get(values, name);
  const parsed = Binding.safeParse(value);
  if (parsed.success) return parsed.data;
  const draft = DraftBinding.safeParse(value);
  return draft.success ? draft.data : null;
}

const DraftBinding = z.union([
  z.object({ from: z.literal("text"), text: z.string() }),
  z.object({ from: z.literal("link"), kind: z.literal("tracked"), target: z.string(), validHours: z.number() }),
]);
