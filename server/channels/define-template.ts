import type { DraftButton, DraftContent } from "#flow/lint-template.ts";
import { addressEnd } from "#flow/render-message.ts";
import { hasNumbers, type TemplateCategory, variablesIn } from "#flow/template.ts";
import type { DefinedButton, DefinedHeader, SampledText, TemplateDefinition } from "./template-definition.ts";

export type TemplateToDefine = {
  name: string;
  category: TemplateCategory;
  content: DraftContent;
  samples: Record<string, string>;
  /** Is put before a link button's code. */
  linkBase: string;
  /** The provider's handle of the sample that stands for what the header or each card shows; null: they show none. */
  headerHandle: string | null;
};

/** One language of a template of ours as a provider takes it. Total over drafts: what a provider would refuse of it is its to refuse. */
export function defineTemplate(template: TemplateToDefine): TemplateDefinition {
  const { name, category, content, samples } = template;
  const code = content.buttons.find((button) => button.kind === "one-time-code");
  const frame = { name, language: content.language, category };
  const buttons = content.buttons.map((button) => buttonOf(button, template));
  if (category === "authentication" && code) {
    return {
      ...frame,
      variables: "numbered",
      body: { advisesSecrecy: code.advisesSecrecy },
      ...(code.minutes === null ? {} : { footer: { codeMinutes: code.minutes } }),
      buttons,
    };
  }
  const header = headerOf(template);
  const { offer, cards } = besideOf(template);
  return {
    ...frame,
    variables: hasNumbers(content) ? "numbered" : "named",
    ...(header ? { header } : {}),
    body: sampled(content.body, samples),
    ...(content.footer ? { footer: { text: content.footer } } : {}),
    ...(buttons.length > 0 || !cards ? { buttons } : {}),
    ...(offer && { offer }),
    ...(cards && { cards }),
    ...aboutOf(content),
  };
}

function aboutOf({ header, buttons }: DraftContent): Pick<TemplateDefinition, "about"> {
  if (header?.kind === "order-status") return { about: "order-status" };
  return buttons.some(({ kind }) => kind === "order") ? { about: "order" } : {};
}

function headerOf({ content: { header }, samples, headerHandle }: TemplateToDefine): DefinedHeader | null {
  if (header === null) return null;
  const handle = headerHandle ?? "";
  switch (header.kind) {
    case "text":
      return { kind: "text", ...sampled(header.text, samples) };
    case "location":
    case "product":
      return header;
    case "offer":
      return header.media && { kind: header.media, handle };
    case "cards":
    case "order-status":
      return null;
    default:
      return { kind: header.kind, handle };
  }
}

function besideOf(template: TemplateToDefine): Pick<TemplateDefinition, "offer" | "cards"> {
  const { content, samples, headerHandle } = template;
  const { header } = content;
  if (header?.kind === "offer") return { offer: { text: header.text, hasEnd: header.hasEnd } };
  if (header?.kind !== "cards") return {};
  const cards = header.cards.map((card) => ({
    header: { kind: header.media, handle: headerHandle ?? "" },
    body: sampled(card.body, samples),
    buttons: card.buttons.map((button) => buttonOf(button, template)),
  }));
  return { cards };
}

/** What of a header, or of the cards, has to be uploaded as a sample. */
export function fileIn(header: DraftContent["header"]): "image" | "video" | "document" | null {
  switch (header?.kind) {
    case "image":
    case "video":
    case "document":
      return header.kind;
    case "offer":
    case "cards":
      return header.media;
    default:
      return null;
  }
}

/** A text with a sample for each of its variables; one without a sample goes without, and the provider says so. */
function sampled(text: string, samples: Record<string, string>): SampledText {
  const given = variablesIn(text).flatMap((name) => (samples[name] ? [[name, samples[name]] as const] : []));
  return given.length > 0 ? { text, samples: Object.fromEntries(given) } : { text };
}

function buttonOf(button: DraftButton, { samples, linkBase }: TemplateToDefine): DefinedButton {
  const { text } = button;
  switch (button.kind) {
    case "quick-reply":
      return { kind: "quick-reply", text };
    case "link":
      return { kind: "url", text, url: `${linkBase}{{1}}`, sample: `${linkBase}sample` };
    case "url":
      return addressOf(button, samples);
    case "phone":
      return { kind: "phone", text, phone: button.phone };
    case "coupon":
      return { kind: "coupon", sample: samples.coupon ?? "" };
    case "one-time-code":
      return codeOf(button);
    case "form":
      return {
        kind: "flow",
        text,
        flow: /^\d+$/.test(button.form) ? { id: button.form } : { name: button.form },
        ...(button.screen ? { screen: button.screen } : {}),
      };
    case "catalogue":
      return { kind: "catalog", text };
    case "products":
    case "product":
    case "order":
      return { kind: button.kind, text };
    case "voice-call":
      return { kind: button.kind, text, minutes: button.minutes };
    case "contact-request":
      return { kind: button.kind };
  }
}

function codeOf({ text, autofill }: DraftButton & { kind: "one-time-code" }): DefinedButton {
  if (!autofill) return { kind: "one-time-code", type: "copy-code", text };
  const { kind, text: autofillText, apps, acceptsTerms } = autofill;
  return {
    kind: "one-time-code",
    type: kind,
    text,
    autofillText,
    apps,
    ...(kind === "zero-tap" ? { acceptsZeroTapTerms: acceptsTerms } : {}),
  };
}

/** The provider counts an address's variable as {{1}}, whatever the texts call theirs. */
function addressOf({ text, url }: { text: string; url: string }, samples: Record<string, string>): DefinedButton {
  const [name] = variablesIn(url);
  if (name === undefined) return { kind: "url", text, url };
  const sample = samples[name];
  return {
    kind: "url",
    text,
    url: url.replace(`{{${name}}}`, "{{1}}"),
    ...(sample ? { sample: url.replace(`{{${name}}}`, addressEnd(sample)) } : {}),
  };
}
