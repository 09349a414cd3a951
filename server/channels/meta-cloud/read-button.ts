import { z } from "zod";
import type { DraftButton } from "#flow/lint-template.ts";
import { presetTexts } from "#flow/preset-texts.ts";
import type { CodeAutofill } from "#flow/template.ts";
import { usualCallMinutes } from "#flow/template-limits.ts";

/** Words of a definition may be written in any letters. */
export const upper = (value: unknown): unknown => (typeof value === "string" ? value.toUpperCase() : value);
export const text = z.string().default("");

/** A signature hash may come as it stands in an address. */
const App = z.looseObject({ package_name: z.string(), signature_hash: z.string() }).transform((app) => ({
  packageName: app.package_name,
  signatureHash: app.signature_hash.replaceAll("%2B", "+").replaceAll("%2F", "/").replaceAll("%3D", "="),
}));

const Button = z.looseObject({
  type: z.preprocess(upper, z.string()),
  otp_type: z.preprocess(upper, text),
  autofill_text: text,
  supported_apps: z.array(App).default([]),
  package_name: z.string().optional(),
  signature_hash: z.string().optional(),
  zero_tap_terms_accepted: z.boolean().default(false),
  text,
  url: text,
  phone_number: text,
  ttl_minutes: z.number().int().nullable().default(null),
  flow_id: z.union([z.string(), z.number()]).transform(String).optional(),
  flow_name: z.string().optional(),
  flow_json: z.string().optional(),
  navigate_screen: z.string().nullable().default(null),
  example: z.union([z.string().transform((one) => [one]), z.array(z.string())]).default([]),
});
type Button = z.infer<typeof Button>;

/** What other parts of an authentication template say of its button. */
type Beside = { code_expiration_minutes: number | null; add_security_recommendation: boolean };

/** `card`: of which card the button is, counted from 1. */
export type Place = { index: number; language: string; part: (type: string) => Beside | undefined; card?: number };
type Found = { button: DraftButton; samples: Record<string, string> };

/** A button of a definition in our words, with its samples; null: we have no words for it. */
export function readButton(value: unknown, { index, language, part, card }: Place): Found | null {
  const parsed = Button.safeParse(value);
  if (!parsed.success) return null;
  const button = parsed.data;
  const frame = { id: `${card === undefined ? "" : `card-${card}-`}button-${index + 1}`, text: button.text };
  const plain = (one: DraftButton): Found => ({ button: one, samples: {} });
  switch (button.type) {
    case "QUICK_REPLY":
      return plain({ kind: "quick-reply", ...frame });
    case "URL":
      return readAddress(button, frame, `${card === undefined ? "" : `card_${card}_`}address_${index + 1}`);
    case "PHONE_NUMBER":
      // Meta takes numbers without their +, too.
      return plain({ kind: "phone", ...frame, phone: button.phone_number.replace(/^(?=[1-9]\d{6})/, "+") });
    case "COPY_CODE":
      return {
        button: { kind: "coupon", ...frame, text: button.text || presetTexts(language).copy },
        samples: button.example[0] === undefined ? {} : { coupon: button.example[0] },
      };
    case "CATALOG":
      return plain({ kind: "catalogue", ...frame });
    case "MPM":
      return plain({ kind: "products", ...frame });
    case "VOICE_CALL":
      return plain({ kind: "voice-call", ...frame, minutes: button.ttl_minutes ?? usualCallMinutes });
    case "REQUEST_CONTACT_INFO":
      return plain({ kind: "contact-request", ...frame, text: button.text || presetTexts(language).share });
    case "ORDER_DETAILS":
      // How it is paid is no part of a definition: each message brings it.
      return plain({
        kind: "order",
        ...frame,
        currency: language.startsWith("pt") ? "BRL" : "INR",
        payBy: { kind: "link" },
      });
    case "SPM":
      return card === undefined ? plain({ kind: "product", ...frame }) : null;
    case "FLOW":
      return button.flow_json !== undefined
        ? null
        : plain({
            kind: "form",
            ...frame,
            form: button.flow_id ?? button.flow_name ?? "",
            screen: button.navigate_screen,
          });
    case "OTP":
      return plain({
        kind: "one-time-code",
        ...frame,
        text: button.text || presetTexts(language).copy,
        minutes: part("FOOTER")?.code_expiration_minutes ?? null,
        advisesSecrecy: part("BODY")?.add_security_recommendation ?? false,
        ...readAutofill(button, language),
      });
    default:
      return null;
  }
}

function readAutofill(button: Button, language: string): { autofill?: CodeAutofill } {
  if (button.otp_type === "COPY_CODE") return {};
  const { package_name, signature_hash } = button;
  // One app may stand in the button itself, as older definitions have it.
  const single = App.safeParse({ package_name, signature_hash });
  return {
    autofill: {
      kind: button.otp_type === "ZERO_TAP" ? "zero-tap" : "one-tap",
      text: button.autofill_text || presetTexts(language).autofill,
      apps: single.success ? [...button.supported_apps, single.data] : button.supported_apps,
      acceptsTerms: button.zero_tap_terms_accepted,
    },
  };
}

/** The variable of an address is {{1}} there and has a name of its own here: the texts count theirs from 1, too. */
function readAddress({ url, example }: Button, frame: { id: string; text: string }, name: string): Found {
  const [before = "", ...rest] = url.split("{{1}}");
  if (rest.length === 0) return { button: { kind: "url", ...frame, url }, samples: {} };
  const [sample] = example;
  return {
    button: { kind: "url", ...frame, url: url.replaceAll("{{1}}", `{{${name}}}`) },
    samples: sample === undefined ? {} : { [name]: sample.startsWith(before) ? sample.slice(before.length) : sample },
  };
}
