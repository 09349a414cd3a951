import { GraphError } from "../graph-error.ts";
import { templateLanguages } from "./languages.ts";
import { listOf, page } from "./listing.ts";
import { authenticationTexts } from "./template-authentication-texts.ts";

/** GET /W/message_template_previews: the preset texts of authentication templates, per language. */
export function previewTemplates(url: URL): object {
  const asked = (name: string) => url.searchParams.get(name);
  if (asked("category")?.toUpperCase() !== "AUTHENTICATION")
    throw new GraphError(100, "Param category must be AUTHENTICATION.");
  const kinds = listOf(url, "button_types") ?? [];
  if (kinds.some((kind) => kind.toUpperCase() !== "OTP")) throw new GraphError(100, "Param button_types must be OTP.");
  const minutes = asked("code_expiration_minutes");
  if (minutes !== null && !(Number.isInteger(Number(minutes)) && Number(minutes) >= 1 && Number(minutes) <= 90))
    throw new GraphError(100, "code_expiration_minutes must be a whole number between 1 and 90.");
  const languages = listOf(url, "languages") ?? listOf(url, "language") ?? [...templateLanguages];
  const unknown = languages.find((language) => !templateLanguages.has(language));
  if (unknown !== undefined)
    throw new GraphError(100, `Param languages must be Meta's language codes - got "${unknown}".`);
  const previews = languages.map((language) => {
    const texts = authenticationTexts(language);
    return {
      language,
      body: texts.body(asked("add_security_recommendation") === "true"),
      ...(minutes === null ? {} : { footer: texts.footer(Number(minutes)) }),
      ...(kinds.length === 0 ? {} : { buttons: [{ type: "OTP", text: texts.copy, autofill_text: texts.autofill }] }),
    };
  });
  // All languages are one page, as Meta answers them.
  if (!asked("limit")) return { data: previews };
  return page(previews, url);
}
