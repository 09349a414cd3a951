import { z } from "zod";
import type { FileView, MessageView } from "#components/phone/message-view.ts";
import type { PhoneMessage } from "./phones-list.ts";

const Place = z.object({
  latitude: z.coerce.number(),
  longitude: z.coerce.number(),
  name: z.string().optional(),
  address: z.string().optional(),
});
const People = z.array(
  z.object({
    name: z.object({ formatted_name: z.string() }),
    phones: z.array(z.object({ phone: z.string().optional(), wa_id: z.string().optional() })).optional(),
  }),
);
const File = z.object({
  id: z.string(),
  caption: z.string().optional(),
  filename: z.string().optional(),
  voice: z.boolean().optional(),
});
const Reply = z.object({ nfm_reply: z.object({ response_json: z.string(), name: z.string().optional() }) });
const Around = z.object({ context: z.object({ forwarded: z.boolean().optional() }).optional() });

/** What a customer has sent, in the shapes of section 11.1. What nobody knows is drawn as WhatsApp does: as unsupported. */
export function viewOfInbound(message: PhoneMessage): MessageView {
  const view = viewByType(message);
  const isForwarded = Around.safeParse(message.content).data?.context?.forwarded;
  return isForwarded ? { ...view, isForwarded } : view;
}

function viewByType({ type, content, body, files, wamid }: PhoneMessage): MessageView {
  const node = content?.[type];
  switch (type) {
    case "image":
    case "video":
    case "audio":
    case "document":
    case "sticker": {
      const file = File.safeParse(node).data;
      const facts = files.find(({ id }) => id === file?.id);
      const name = file?.filename ?? facts?.fileName ?? undefined;
      const seen = {
        type,
        wamid,
        url: facts ? `/api/sandbox-files/${facts.id}` : undefined,
        name,
        bytes: facts?.bytes,
      };
      return {
        kind: "attached",
        file: fileOf({ ...seen, isVoice: file?.voice ?? false }),
        ...(file?.caption ? { caption: file.caption } : {}),
      };
    }
    case "location": {
      const place = Place.safeParse(node).data;
      return place ? { kind: "place", place } : { kind: "notice", notice: "unsupported" };
    }
    case "contacts": {
      const people = People.safeParse(node).data ?? [];
      return {
        kind: "people",
        people: people.map(({ name, phones }) => ({
          name: name.formatted_name,
          detail: phones?.[0]?.phone ?? phones?.[0]?.wa_id,
        })),
      };
    }
    case "interactive": {
      const form = Reply.safeParse(node).data?.nfm_reply;
      return form ? answersOf(form.response_json) : { kind: "plain", body: body ?? "" };
    }
    case "text":
    case "button":
      return { kind: "plain", body: body ?? "" };
    default:
      return body ? { kind: "plain", body } : { kind: "notice", notice: "unsupported" };
  }
}

type Seen = { type: string; wamid: string; url?: string; name?: string; bytes?: number; isVoice: boolean };

function fileOf({ type, wamid, url, name, bytes, isVoice }: Seen): FileView {
  if (type === "audio") return { kind: "audio", url, isVoice, seed: wamid };
  if (type === "video") return { kind: "video", url };
  if (type === "document")
    return { kind: "document", url, fileName: name ?? "document.pdf", ...(bytes === undefined ? {} : { bytes }) };
  return { kind: type === "sticker" ? "sticker" : "image", url, alt: "" };
}

/** The answers of a form, without the token that only machines read. */
function answersOf(json: string): MessageView {
  const answers = Object.entries(recordOr(json)).filter(([name]) => name !== "flow_token");
  return {
    kind: "answers",
    title: "",
    answers: answers.map(([label, value]) => ({
      label,
      value: Array.isArray(value)
        ? value.join(", ")
        : typeof value === "object"
          ? JSON.stringify(value)
          : String(value),
    })),
  };
}

function recordOr(json: string): Record<string, unknown> {
  try {
    return z.record(z.string(), z.unknown()).catch({}).parse(JSON.parse(json));
  } catch {
    return {};
  }
}
