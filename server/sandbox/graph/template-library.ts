import { createHash } from "node:crypto";
import { z } from "zod";
import type { JsonObject } from "#flow/json.ts";
import { GraphError } from "../graph-error.ts";
import { listOf, page, wordsOf } from "./listing.ts";
import { type LibraryEntry, libraryEntries } from "./template-library-entries.ts";

const languages = ["en_US", "fr"] as const;
type Language = (typeof languages)[number];

/** GET /message_template_library: Meta's ready templates, here a bank's, filtered by `search`, `topic`, `usecase`, ... */
export function listLibrary(url: URL): object {
  const search = url.searchParams.get("search")?.toLowerCase();
  const asked = (name: string) => listOf(url, name);
  const [topics, usecases, wanted, industries, categories] = [
    "topic",
    "usecase",
    "language",
    "industry",
    "category",
  ].map(asked);
  const isWanted = (list: string[] | null | undefined, word: string) => !list || list.includes(word);
  const found = libraryEntries.flatMap((entry) =>
    languages
      .filter(
        (language) => isWanted(wanted, language) && isWanted(topics, entry.topic) && isWanted(usecases, entry.usecase),
      )
      .filter(() => isWanted(industries, "FINANCIAL_SERVICES") && isWanted(categories, "UTILITY"))
      .map((language) => shown(entry, language))
      .filter((template) => search === undefined || wordsOf(template).includes(search)),
  );
  return page(found, url);
}

function shown(entry: LibraryEntry, language: Language): object {
  const { header, body, button } = entry[language];
  return {
    id: `5${createHash("sha1").update(`${entry.name}|${language}`).digest().readUInt32BE().toString().padStart(15, "0")}`,
    name: entry.name,
    language,
    category: "UTILITY",
    topic: entry.topic,
    usecase: entry.usecase,
    industry: ["FINANCIAL_SERVICES"],
    ...(header ? { header } : {}),
    body,
    body_params: entry.params.map(([, sample]) => sample),
    body_param_types: entry.params.map(([type]) => type),
    buttons: entry.button === null ? [] : [{ type: entry.button, text: button }],
  };
}

const ButtonInputs = z.array(
  z.looseObject({
    type: z.string(),
    url: z.looseObject({ base_url: z.url(), url_suffix_example: z.string().optional() }).optional(),
    phone_number: z.string().optional(),
  }),
);

/** The definition a library template stands for, with the business's own link or phone in its button. */
export function fromLibrary(request: JsonObject): JsonObject {
  const { library_template_name: name, language, category } = request;
  const entry = libraryEntries.find((each) => each.name === name);
  const known = languages.find((each) => each === language);
  if (!entry || !known)
    throw new GraphError(100, `There is no library template ${String(name)} in ${String(language)}.`);
  if (request.components !== undefined)
    throw new GraphError(100, "A template from the library takes no components of its own.");
  if (category !== undefined && String(category).toUpperCase() !== "UTILITY")
    throw new GraphError(100, "Library templates are of the category UTILITY.");
  const { header, body } = entry[known];
  const components: JsonObject[] = [];
  if (entry.document)
    components.push({
      type: "HEADER",
      format: "DOCUMENT",
      example: { header_handle: ["4::YXBwbGljYXRpb24vcGRm:library"] },
    });
  else components.push({ type: "HEADER", format: "TEXT", text: header });
  components.push({ type: "BODY", text: body, example: { body_text: [entry.params.map(([, sample]) => sample)] } });
  if (entry.button !== null) components.push({ type: "BUTTONS", buttons: [filledButton(entry, known, request)] });
  return { ...request, category: "UTILITY", components };
}

function filledButton(entry: LibraryEntry, language: Language, request: JsonObject): JsonObject {
  const { library_template_button_inputs: given } = request;
  const inputs = ButtonInputs.safeParse(typeof given === "string" ? tryJson(given) : (given ?? []));
  const input = inputs.data?.find(({ type }) => type.toUpperCase() === entry.button);
  const text = entry[language].button ?? "";
  if (entry.button === "PHONE_NUMBER" && input?.phone_number)
    return { type: "PHONE_NUMBER", text, phone_number: input.phone_number };
  if (entry.button === "URL" && input?.url) {
    const { base_url: url, url_suffix_example: example } = input.url;
    return { type: "URL", text, url, ...(example === undefined ? {} : { example: [example] }) };
  }
  throw new GraphError(100, `library_template_button_inputs needs one of type ${entry.button}.`);
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
