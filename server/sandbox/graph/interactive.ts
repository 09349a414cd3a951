import { z } from "zod";
import { GraphError } from "../graph-error.ts";
import { check } from "./check.ts";
import { renderCarousel } from "./interactive-carousel.ts";
import { renderCatalogMessage, renderProduct, renderProductList } from "./interactive-catalog.ts";
import { renderFlow } from "./interactive-flow.ts";
import { renderOrderDetails, renderOrderStatus } from "./interactive-order.ts";
import {
  assertDistinct,
  assertNoIpAddress,
  body,
  Footer,
  frame,
  frameParts,
  type ShownInteractive,
  TextHeader,
  text,
  WebAddress,
} from "./interactive-parts.ts";
import { renderRequest } from "./interactive-requests.ts";

const ReplyButton = z.looseObject({
  type: z.literal("reply"),
  reply: z.looseObject({ id: text(256), title: text(20) }),
});
const Row = z.looseObject({ id: text(200), title: text(24), description: z.string().max(72).optional() });
const Section = z.looseObject({ title: z.string().max(24).optional(), rows: z.array(Row).min(1).max(10) });

const Buttons = z.looseObject({
  ...frameParts,
  body: body(1024),
  action: z.looseObject({ buttons: z.array(ReplyButton).min(1).max(3) }),
});
const List = z.looseObject({
  header: TextHeader.optional(),
  body: body(4096),
  footer: Footer.optional(),
  action: z.looseObject({ button: text(20), sections: z.array(Section).min(1).max(10) }),
});
const CtaUrl = z.looseObject({
  ...frameParts,
  body: body(1024),
  action: z.looseObject({
    name: z.literal("cta_url"),
    parameters: z.looseObject({ display_text: text(20), url: WebAddress.max(2000) }),
  }),
});

const Typed = z.looseObject({ type: z.string() });

const kinds: Record<string, (interactive: unknown) => ShownInteractive> = {
  button: renderButtons,
  list: renderList,
  cta_url: renderCtaUrl,
  flow: renderFlow,
  location_request_message: (interactive) => renderRequest("send_location", interactive),
  request_contact_info: (interactive) => renderRequest("request_contact_info", interactive),
  address_message: (interactive) => renderRequest("address_message", interactive),
  call_permission_request: (interactive) => renderRequest("call_permission_request", interactive),
  voice_call: (interactive) => renderRequest("voice_call", interactive),
  product: renderProduct,
  product_list: renderProductList,
  catalog_message: renderCatalogMessage,
  carousel: renderCarousel,
  order_details: renderOrderDetails,
  order_status: renderOrderStatus,
};

/** Checks an interactive message (section 3.2) and says what the phone shows. Throws the GraphError Meta answers. */
export function renderInteractive(interactive: unknown): ShownInteractive {
  const { type } = check(Typed, interactive, "interactive");
  const render = Object.hasOwn(kinds, type) ? kinds[type] : undefined;
  if (!render) throw new GraphError(131009, `Parameter 'interactive.type' is not a known kind: ${type}`);
  return render(interactive);
}

function renderButtons(interactive: unknown): ShownInteractive {
  const message = check(Buttons, interactive, "interactive");
  const replies = message.action.buttons.map((button) => button.reply);
  assertDistinct(
    replies.map((reply) => reply.title),
    "button titles",
  );
  assertDistinct(
    replies.map((reply) => reply.id),
    "button ids",
  );
  const buttons = replies.map((reply) => ({ kind: "reply", text: reply.title, id: reply.id }));
  return { body: message.body.text, rendered: { ...frame(message), buttons } };
}

function renderList(interactive: unknown): ShownInteractive {
  const message = check(List, interactive, "interactive");
  const { sections, button } = message.action;
  const count = sections.reduce((sum, section) => sum + section.rows.length, 0);
  if (count > 10) throw new GraphError(131009, `Total row count exceed max allowed count: 10, given ${count}`);
  if (sections.length > 1 && sections.some((section) => !section.title))
    throw new GraphError(
      131009,
      "Parameter 'interactive.action.sections.title' is required with more than one section",
    );
  const shown = sections.map((section) => ({
    title: section.title ?? null,
    rows: section.rows.map(({ id, title, description }) => ({ id, title, ...(description ? { description } : {}) })),
  }));
  const rows = shown.flatMap((section) => section.rows);
  assertDistinct(
    rows.map((row) => row.id),
    "row ids",
  );
  const buttons = rows.map(({ title, ...row }) => ({ kind: "row", text: title, ...row }));
  return {
    body: message.body.text,
    rendered: { ...frame(message), buttons, list: { label: button, sections: shown } },
  };
}

function renderCtaUrl(interactive: unknown): ShownInteractive {
  const message = check(CtaUrl, interactive, "interactive");
  const { display_text, url } = message.action.parameters;
  assertNoIpAddress(url, "interactive.action.parameters.url");
  return {
    body: message.body.text,
    rendered: { ...frame(message), buttons: [{ kind: "url", text: display_text, url }] },
  };
}
