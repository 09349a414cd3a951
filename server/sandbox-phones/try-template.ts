import { and, asc, eq } from "drizzle-orm";
import { z } from "zod";
import { approval, template, templateLanguage } from "#db/schema/index.ts";
import type { DraftContent } from "#flow/lint-template.ts";
import { finishedContent } from "#flow/lint-template.ts";
import { productSections } from "#flow/product-list.ts";
import { type RenderedBill, type RenderedButton, type RenderedHeader, renderMessage } from "#flow/render-message.ts";
import { productsVariables, productVariables, type TemplateContent } from "#flow/template.ts";
import { DomainError } from "../errors.ts";
import type { Actor } from "../trpc.ts";
import { contactId, phoneOf } from "./phone-owner.ts";
import { callSandbox } from "./sandbox-control.ts";

export const TryTemplateInput = z
  .strictObject({
    contactId,
    /** The text that waits for approval; of a flow the first message it sends. */
    approvalId: z.uuid().optional(),
    /** The draft of a template. */
    templateId: z.uuid().optional(),
    language: z.string().max(12),
  })
  .refine(({ approvalId, templateId }) => (approvalId === undefined) !== (templateId === undefined), {
    error: "Name the request or the template, one of the two",
  });

type Text = { languages: DraftContent[]; samples: Record<string, string> };

/**
 * Puts a text that WhatsApp need not know yet on a demo phone, with its sample values, in this language or the first there is. It is
 * shown and not sent: no consent is asked and nothing is counted. Refused where a part of it is still missing.
 */
export async function tryTemplate(actor: Actor, input: z.output<typeof TryTemplateInput>) {
  const { approvalId, templateId, language } = input;
  const text = approvalId ? await askedText(actor, approvalId) : await draftText(actor, { id: templateId ?? "" });
  const wanted = text.languages.find((one) => one.language === language) ?? text.languages[0];
  const content = wanted && finishedContent(wanted);
  if (!content)
    throw new DomainError("refused", "This text is not finished: fill its body, header and buttons, then try it.");
  const to = await phoneOf(actor, input.contactId);
  const { header, body, footer, buttons, offer, cards, bill } = renderMessage(
    content,
    text.samples,
    linksOf(content),
  ).content;
  await callSandbox(actor.env, "POST", "/preview", {
    to,
    body,
    header: header ? headerOf(header) : productOf(content, text.samples),
    footer,
    buttons: buttons.map(buttonOf),
    ...catalogOf(content, text.samples),
    ...(bill && orderOf(bill)),
    ...(offer ? { offer: { text: offer.title, expiresAt: offer.endsAt } } : {}),
    ...(cards
      ? {
          cards: cards.map((card) => ({
            header: headerOf(card.file),
            body: card.body,
            buttons: card.buttons.map(buttonOf),
          })),
        }
      : {}),
  });
  return { language: content.language };
}

/** What an image shows in words is for readers of a log, not for a phone. */
function headerOf(header: RenderedHeader): Record<string, unknown> {
  if (header.kind !== "image") return header;
  const { kind, url } = header;
  return { kind, ...(url === undefined ? {} : { url }) };
}

function productOf({ header }: TemplateContent, samples: Text["samples"]) {
  if (header?.kind !== "product") return null;
  const [catalogId = "", retailerId = ""] = productVariables.map((variable) => samples[variable]);
  return { kind: header.kind, product: { retailerId, catalogId } };
}

/** The goods behind a button, where there are any. */
function catalogOf({ buttons }: TemplateContent, samples: Text["samples"]) {
  const button = buttons.find(({ kind }) => kind === "catalogue" || kind === "products");
  if (!button) return {};
  const [thumbnail, list] = productsVariables.map((variable) => samples[variable] ?? "");
  const shown = button.kind === "catalogue" ? button.thumbnail : thumbnail;
  const sections = button.kind === "catalogue" ? [] : (productSections(list ?? "") ?? []);
  return {
    catalog: {
      ...(shown ? { thumbnailRetailerId: shown } : {}),
      sections: sections.map(({ title, productIds }) => ({
        title,
        products: productIds.map((retailerId) => ({ retailerId })),
      })),
    },
  };
}

/** An order as the phone draws it: to be paid, or how far it is. */
function orderOf({ reference: referenceId, currency, lines, totalMinor, status }: RenderedBill): object {
  if (status !== null) return { orderStatus: { referenceId, status } };
  const sums = {
    totalMinor: totalMinor ?? 0,
    subtotalMinor: totalMinor ?? 0,
    taxMinor: 0,
    shippingMinor: 0,
    discountMinor: 0,
  };
  const items = lines.map((line, index) => ({ retailerId: String(index + 1), ...line }));
  return { order: { referenceId, currency, ...sums, items, payBy: [] } };
}

const buttonOf = ({ kind, text, url }: RenderedButton) => ({
  kind: phoneKinds[kind] ?? kind,
  text,
  ...(url === undefined ? {} : { url }),
});

/** Our buttons by the names that WhatsApp has for them. */
const phoneKinds: Record<string, string> = {
  "quick-reply": "quick_reply",
  link: "url",
  phone: "phone_number",
  coupon: "copy_code",
  "one-time-code": "otp",
  form: "flow",
  catalogue: "catalog",
  products: "mpm",
  product: "spm",
  order: "order_details",
  "voice-call": "voice_call",
  "contact-request": "contact_info",
};

/** A tracked or signed link is made when a message is sent; here a place holder leads nowhere. */
const linksOf = ({ buttons }: { buttons: readonly { kind: string; id: string }[] }): Record<string, string> =>
  Object.fromEntries(
    buttons.flatMap(({ kind, id }) => (kind === "link" ? [[`link.${id}`, "https://example.com/sample"]] : [])),
  );

async function askedText(actor: Actor, approvalId: string): Promise<Text> {
  const [row] = await actor.db
    .select({ snapshot: approval.snapshot })
    .from(approval)
    .where(and(eq(approval.id, approvalId), eq(approval.workspaceId, actor.session.workspaceId)));
  if (!row)
    throw new DomainError("not-found", "This request does not exist in your workspace. Go back to the approvals.");
  const { snapshot } = row;
  if (snapshot.kind === "template") return snapshot;
  const names = snapshot.graph.nodes.flatMap(({ data }) => (typeof data.template === "string" ? [data.template] : []));
  const [name] = names;
  if (!name) throw new DomainError("refused", "This flow sends no template, so there is nothing to try on a phone.");
  return draftText(actor, { name });
}

async function draftText({ db, session }: Actor, wanted: { id: string } | { name: string }): Promise<Text> {
  const rows = await db
    .select({ samples: template.samples, content: templateLanguage })
    .from(template)
    .innerJoin(templateLanguage, eq(templateLanguage.templateId, template.id))
    .where(
      and(
        eq(template.workspaceId, session.workspaceId),
        "id" in wanted ? eq(template.id, wanted.id) : eq(template.name, wanted.name),
      ),
    )
    .orderBy(asc(templateLanguage.language));
  const [first] = rows;
  if (!first)
    throw new DomainError("not-found", "This template does not exist in your workspace. Go back to the templates.");
  return { samples: first.samples, languages: rows.map(({ content }) => wordsOf(content)) };
}

/** The part of a language that the provider would see. */
const wordsOf = ({ language, header, body, footer, buttons }: typeof templateLanguage.$inferSelect): DraftContent => ({
  ...{ language, header, body, footer, buttons },
});
