import { z } from "zod";
import { GraphError } from "../graph-error.ts";
import type { Rendered } from "../record.ts";
import { check } from "./check.ts";

const text = (max: number) => z.string().min(1).max(max);
const WebAddress = z.string().regex(/^https?:\/\/\S+$/i, "must start with http:// or https://");
const MediaRef = z.looseObject({ id: z.string().optional(), link: z.string().optional() });

const Header = z.discriminatedUnion("type", [
  z.looseObject({ type: z.literal("text"), text: text(60) }),
  z.looseObject({ type: z.literal("image"), image: MediaRef }),
  z.looseObject({ type: z.literal("video"), video: MediaRef }),
  z.looseObject({ type: z.literal("document"), document: MediaRef }),
]);

const body = (max: number) => z.looseObject({ text: text(max) });
const Footer = z.looseObject({ text: text(60) }).optional();
const TextHeader = z.looseObject({ type: z.literal("text"), text: text(60) }).optional();

const ReplyButton = z.looseObject({
  type: z.literal("reply"),
  reply: z.looseObject({ id: text(256), title: text(20) }),
});
const Row = z.looseObject({ id: text(200), title: text(24), description: z.string().max(72).optional() });
const Section = z.looseObject({ title: z.string().max(24).optional(), rows: z.array(Row).min(1).max(10) });

const Buttons = z.looseObject({
  header: Header.optional(),
  body: body(1024),
  footer: Footer,
  action: z.looseObject({ buttons: z.array(ReplyButton).min(1).max(3) }),
});
const List = z.looseObject({
  header: TextHeader,
  body: body(4096),
  footer: Footer,
  action: z.looseObject({ button: text(20), sections: z.array(Section).min(1).max(10) }),
});
const CtaUrl = z.looseObject({
  header: Header.optional(),
  body: body(1024),
  footer: Footer,
  action: z.looseObject({
    name: z.literal("cta_url"),
    parameters: z.looseObject({ display_text: text(20), url: WebAddress.max(2000) }),
  }),
});
const LocationRequest = z.looseObject({
  body: body(1024),
  action: z.looseObject({ name: z.literal("send_location") }),
});

/** Checks an interactive message (section 3.2) and says what the phone shows. Throws the GraphError Meta answers. */
export function renderInteractive(interactive: unknown): { body: string; rendered: Rendered } {
  const { type } = check(z.looseObject({ type: z.string() }), interactive, "interactive");
  switch (type) {
    case "button":
      return renderButtons(check(Buttons, interactive, "interactive"));
    case "list":
      return renderList(check(List, interactive, "interactive"));
    case "cta_url":
      return renderCtaUrl(check(CtaUrl, interactive, "interactive"));
    case "location_request_message": {
      const message = check(LocationRequest, interactive, "interactive");
      return {
        body: message.body.text,
        rendered: { header: null, footer: null, buttons: [{ kind: "location", text: "Send location" }] },
      };
    }
    default:
      throw new GraphError(131009, `Parameter 'interactive.type' is not one this sandbox speaks: ${type}`);
  }
}

function renderButtons(message: z.infer<typeof Buttons>): { body: string; rendered: Rendered } {
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

function renderList(message: z.infer<typeof List>): { body: string; rendered: Rendered } {
  const { sections } = message.action;
  const rows = sections.flatMap((section) => section.rows);
  if (rows.length > 10)
    throw new GraphError(131009, `Total row count exceed max allowed count: 10, given ${rows.length}`);
  if (sections.length > 1 && sections.some((section) => !section.title))
    throw new GraphError(
      131009,
      "Parameter 'interactive.action.sections.title' is required with more than one section",
    );
  assertDistinct(
    rows.map((row) => row.id),
    "row ids",
  );
  const buttons = rows.map((row) => ({
    kind: "row",
    text: row.title,
    id: row.id,
    ...(row.description ? { description: row.description } : {}),
  }));
  return { body: message.body.text, rendered: { ...frame(message), buttons } };
}

function renderCtaUrl(message: z.infer<typeof CtaUrl>): { body: string; rendered: Rendered } {
  const { display_text, url } = message.action.parameters;
  if (/^https?:\/\/(\d{1,3}\.){3}\d{1,3}([:/?#]|$)/.test(url))
    throw new GraphError(131009, "Parameter 'interactive.action.parameters.url' must not be an IP address");
  return {
    body: message.body.text,
    rendered: { ...frame(message), buttons: [{ kind: "url", text: display_text, url }] },
  };
}

function frame(message: {
  header?: z.infer<typeof Header>;
  footer?: { text: string };
}): Pick<Rendered, "header" | "footer"> {
  const { header, footer } = message;
  const media = header && header.type !== "text" ? MediaRef.safeParse(Reflect.get(header, header.type)) : null;
  return {
    header: !header
      ? null
      : header.type === "text"
        ? { kind: "text", text: header.text }
        : { kind: header.type, ...(media?.data?.link ? { url: media.data.link } : {}) },
    footer: footer?.text ?? null,
  };
}

function assertDistinct(values: string[], what: string): void {
  if (new Set(values).size !== values.length) throw new GraphError(131009, `Duplicated ${what} are not allowed`);
}
