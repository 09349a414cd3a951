import type { Json, JsonObject } from "#flow/json.ts";
import type { Sandbox } from "../sandbox.ts";
import { listOf, page, pick, wordsOf } from "./listing.ts";
import type { Template } from "./template.ts";
import { authenticationTexts } from "./template-authentication-texts.ts";

const defaultFields = [
  "id",
  "name",
  "language",
  "status",
  "category",
  "previous_category",
  "parameter_format",
  "components",
];

const shown = (template: Template): Record<string, unknown> => ({
  id: template.id,
  name: template.name,
  language: template.language,
  status: template.status,
  category: template.category,
  parameter_format: template.parameterFormat,
  components: template.components.map((component) => shownComponent(template, component)),
  quality_score: { score: template.qualityScore, date: Math.floor(template.changedAt / 1000) },
  rejected_reason: template.rejectedReason,
  last_updated_time: new Date(template.changedAt).toISOString(),
  cta_url_link_tracking_opted_out: template.isLinkTrackingOff ?? false,
  ...(template.ttlSeconds === null ? {} : { message_send_ttl_seconds: template.ttlSeconds }),
  ...(template.previousCategory ? { previous_category: template.previousCategory } : {}),
  ...(template.correctCategory ? { correct_category: template.correctCategory.category } : {}),
  ...(template.subCategory ? { sub_category: template.subCategory } : {}),
  ...(template.libraryName ? { library_template_name: template.libraryName } : {}),
});

/** GET /TEMPLATE */
export function getTemplate(sandbox: Sandbox, id: string, url: URL): object {
  const template = sandbox.world.templates.get(id);
  return template ? pick(shown(template), url, defaultFields) : {};
}

/** GET /W/message_templates, newest last, filtered as Meta filters: name and content contain, the rest is one of a list. */
export function listTemplates(sandbox: Sandbox, url: URL): object {
  const name = url.searchParams.get("name")?.toLowerCase();
  const text = url.searchParams.get("name_or_content")?.toLowerCase();
  const asked = (filter: string) => listOf(url, filter)?.map((word) => word.toLowerCase());
  const filters = [
    [asked("status"), (template: Template) => template.status],
    [asked("category"), (template: Template) => template.category],
    [asked("language"), (template: Template) => template.language],
    [asked("quality_score"), (template: Template) => template.qualityScore],
  ] as const;
  const found = [...sandbox.world.templates.values()].filter(
    (template) =>
      (name === undefined || template.name.includes(name)) &&
      (text === undefined || template.name.includes(text) || wordsOf(template.components).includes(text)) &&
      filters.every(([words, read]) => !words || words.includes(read(template).toLowerCase())),
  );
  return page(
    found.map((template) => pick(shown(template), url, defaultFields)),
    url,
  );
}

/** Meta answers its own texts for authentication, and an address in place of a sample's handle. */
function shownComponent(template: Template, component: JsonObject): JsonObject {
  if (template.category === "AUTHENTICATION") return shownPreset(template, component);
  if (component.type === "CAROUSEL" && Array.isArray(component.cards))
    return { ...component, cards: component.cards.map((card) => shownCard(template, card)) };
  const { example } = component;
  if (component.type !== "HEADER" || !isObject(example) || !Array.isArray(example.header_handle)) return component;
  const addresses = example.header_handle.map(
    (_, index) => `https://scontent.whatsapp.net/v/t61.29466-34/${template.id}_${index}`,
  );
  return { ...component, example: { ...example, header_handle: addresses } };
}

function shownCard(template: Template, card: Json): Json {
  if (!isObject(card) || !Array.isArray(card.components)) return card;
  return {
    ...card,
    components: card.components.map((part) => (isObject(part) ? shownComponent(template, part) : part)),
  };
}

function shownPreset(template: Template, component: JsonObject): JsonObject {
  const texts = authenticationTexts(template.language);
  switch (component.type) {
    case "BODY":
      return {
        ...component,
        text: texts.body(component.add_security_recommendation === true),
        example: { body_text: [["123456"]] },
      };
    case "FOOTER":
      return typeof component.code_expiration_minutes === "number"
        ? { ...component, text: texts.footer(component.code_expiration_minutes) }
        : component;
    case "BUTTONS":
      return { ...component, buttons: [component.buttons].flat().map((button) => shownOtp(button ?? null, texts)) };
    default:
      return component;
  }
}

// An OTP button is a link in Meta's eyes, and that is how it is read back.
function shownOtp(button: Json, texts: { copy: string; autofill: string }): Json {
  if (!isObject(button)) return button;
  const kind = String(button.otp_type).toUpperCase();
  const text = button.text ?? (kind === "COPY_CODE" ? texts.copy : texts.autofill);
  const url = `https://www.whatsapp.com/otp/code/?otp_type=${kind}&code=otp{{1}}`;
  return { ...button, type: "URL", otp_type: kind, text, url, example: [url.replace("{{1}}", "123456")] };
}

const isObject = (value: Json | undefined): value is JsonObject =>
  value !== null && typeof value === "object" && !Array.isArray(value);
