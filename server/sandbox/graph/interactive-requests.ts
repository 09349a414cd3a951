import { z } from "zod";
import type { RenderedButton } from "../rendered.ts";
import { check } from "./check.ts";
import { body, Footer, type ShownInteractive, text } from "./interactive-parts.ts";

const Plain = (name: string) => z.looseObject({ body: body(1024), action: z.looseObject({ name: z.literal(name) }) });

// Only these two countries have addresses in WhatsApp (section 3.2).
const Address = z.looseObject({
  body: body(1024),
  footer: Footer.optional(),
  action: z.looseObject({
    name: z.literal("address_message"),
    parameters: z.looseObject({
      country: z.enum(["IN", "SG"]),
      values: z.record(z.string(), z.unknown()).optional(),
      saved_addresses: z
        .array(z.looseObject({ id: z.string().min(1), value: z.record(z.string(), z.unknown()) }))
        .optional(),
      validation_errors: z.record(z.string(), z.string()).optional(),
    }),
  }),
});

const VoiceCall = z.looseObject({
  body: body(1024),
  action: z.looseObject({
    name: z.literal("voice_call"),
    parameters: z
      .looseObject({
        display_text: text(20).optional(),
        ttl_minutes: z.number().int().min(1).max(43_200).optional(),
        payload: z.string().max(512).optional(),
      })
      .optional(),
  }),
});

const labels = {
  send_location: { kind: "location", text: "Send location" },
  request_contact_info: { kind: "contact_info", text: "Share contact info" },
  address_message: { kind: "address", text: "Provide address" },
  call_permission_request: { kind: "call_permission", text: "Choose preference" },
} satisfies Record<string, RenderedButton>;

/** Messages that ask a person for one thing by a button whose label WhatsApp chooses: place, contact, address, call. */
export function renderRequest(name: keyof typeof labels | "voice_call", interactive: unknown): ShownInteractive {
  if (name === "voice_call") {
    const message = check(VoiceCall, interactive, "interactive");
    const label = message.action.parameters?.display_text ?? "Call Now";
    return shown(message.body.text, null, { kind: "voice_call", text: label });
  }
  if (name === "address_message") {
    const message = check(Address, interactive, "interactive");
    return shown(message.body.text, message.footer?.text ?? null, labels.address_message);
  }
  const message = check(plain[name], interactive, "interactive");
  return shown(message.body.text, null, labels[name]);
}

const plain = {
  send_location: Plain("send_location"),
  request_contact_info: Plain("request_contact_info"),
  call_permission_request: Plain("call_permission_request"),
};

const shown = (bodyText: string, footer: string | null, button: RenderedButton): ShownInteractive => ({
  body: bodyText,
  rendered: { header: null, footer, buttons: [button] },
});
