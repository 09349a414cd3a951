import { z } from "zod";

const languages = ["en", "fr"] as const;
export const Language = z.enum(languages);
export type Language = z.infer<typeof Language>;

/** The interface's language before anybody is signed in: the one chosen on this browser, else the browser's own. */
export function languageOf(chosen: string | undefined, acceptLanguage: string | null): Language {
  const own = Language.safeParse(chosen);
  if (own.success) return own.data;
  const wanted = (acceptLanguage ?? "")
    .split(",")
    .map(readWish)
    .sort((left, right) => right.weight - left.weight);
  for (const { language } of wanted) {
    const known = Language.safeParse(language);
    if (known.success) return known.data;
  }
  return "en";
}

/** One entry of Accept-Language (RFC 9110, 12.5.4): "fr-CA;q=0.8". */
function readWish(entry: string): { language: string; weight: number } {
  const [tag = "", ...parameters] = entry.trim().split(";");
  const quality = parameters.map((parameter) => parameter.trim()).find((parameter) => parameter.startsWith("q="));
  return { language: tag.slice(0, 2).toLowerCase(), weight: quality ? Number(quality.slice(2)) || 0 : 1 };
}
