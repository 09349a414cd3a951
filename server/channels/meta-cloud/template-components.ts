import type {
  DefinedButton,
  DefinedCard,
  DefinedHeader,
  SampledText,
  TemplateDefinition,
} from "../template-definition.ts";

type Style = TemplateDefinition["variables"];

/** The `components` of a template as Meta's management API takes them (contract, section 4). What is undefined is left out of the JSON. */
export function componentsOf({ header, body, footer, buttons, cards, offer, variables }: TemplateDefinition): object[] {
  return [
    ...(header ? [headerNode(header, variables)] : []),
    ...(offer
      ? [{ type: "LIMITED_TIME_OFFER", limited_time_offer: { text: offer.text, has_expiration: offer.hasEnd } }]
      : []),
    bodyNode(body, variables),
    ...(footer ? [footerNode(footer)] : []),
    ...(buttons && buttons.length > 0 ? [{ type: "BUTTONS", buttons: buttons.map(buttonNode) }] : []),
    ...(cards ? [{ type: "CAROUSEL", cards: cards.map((card) => cardNode(card, variables)) }] : []),
  ];
}

const cardNode = ({ header, body, buttons }: DefinedCard, style: Style): object => ({
  components: [
    headerNode(header, style),
    ...(body ? [bodyNode(body, style)] : []),
    ...(buttons.length > 0 ? [{ type: "BUTTONS", buttons: buttons.map(buttonNode) }] : []),
  ],
});

function headerNode(header: DefinedHeader, style: Style): object {
  switch (header.kind) {
    case "text":
      return {
        type: "HEADER",
        format: "TEXT",
        text: header.text,
        example: exampleOf(header, { style, key: "header_text", isNested: false }),
      };
    case "location":
    case "product":
      return { type: "HEADER", format: header.kind.toUpperCase() };
    default:
      return { type: "HEADER", format: header.kind.toUpperCase(), example: { header_handle: [header.handle] } };
  }
}

function bodyNode(body: TemplateDefinition["body"], style: Style): object {
  if ("advisesSecrecy" in body) return { type: "BODY", add_security_recommendation: body.advisesSecrecy };
  return { type: "BODY", text: body.text, example: exampleOf(body, { style, key: "body_text", isNested: true }) };
}

const footerNode = (footer: NonNullable<TemplateDefinition["footer"]>): object =>
  "text" in footer
    ? { type: "FOOTER", text: footer.text }
    : { type: "FOOTER", code_expiration_minutes: footer.codeMinutes };

type Example = { style: Style; key: "header_text" | "body_text"; isNested: boolean };

/** Samples in the order of their numbers, or by name; a body's numbered ones stand in a list of lists. */
function exampleOf({ samples = {} }: SampledText, { style, key, isNested }: Example): object | undefined {
  const names = Object.keys(samples);
  if (names.length === 0) return undefined;
  if (style === "named")
    return { [`${key}_named_params`]: names.map((name) => ({ param_name: name, example: samples[name] })) };
  const inOrder = names.toSorted((one, other) => Number(one) - Number(other)).map((name) => samples[name]);
  return { [key]: isNested ? [inOrder] : inOrder };
}

function buttonNode(button: DefinedButton): object {
  switch (button.kind) {
    case "quick-reply":
      return { type: "QUICK_REPLY", text: button.text };
    case "url":
      return {
        type: "URL",
        text: button.text,
        url: button.url,
        example: button.sample === undefined ? undefined : [button.sample],
      };
    case "phone":
      return { type: "PHONE_NUMBER", text: button.text, phone_number: button.phone };
    case "coupon":
      return { type: "COPY_CODE", example: button.sample };
    case "flow":
      return flowNode(button);
    case "one-time-code":
      return codeNode(button);
    case "voice-call":
      return { type: "VOICE_CALL", text: button.text, ttl_minutes: button.minutes };
    case "contact-request":
      return { type: "REQUEST_CONTACT_INFO" };
    default:
      return {
        type: { catalog: "CATALOG", products: "MPM", product: "SPM", order: "ORDER_DETAILS" }[button.kind],
        text: button.text,
      };
  }
}

function flowNode({ text, flow, screen }: DefinedButton & { kind: "flow" }): object {
  const which =
    "id" in flow ? { flow_id: flow.id } : "name" in flow ? { flow_name: flow.name } : { flow_json: flow.json };
  const action = screen === undefined ? "data_exchange" : "navigate";
  return { type: "FLOW", text, ...which, flow_action: action, navigate_screen: screen };
}

function codeNode({ type, text, autofillText, apps, acceptsZeroTapTerms }: DefinedButton & { kind: "one-time-code" }) {
  return {
    type: "OTP",
    otp_type: type.toUpperCase().replace("-", "_"),
    text,
    autofill_text: autofillText,
    zero_tap_terms_accepted: acceptsZeroTapTerms,
    supported_apps: apps?.map(({ packageName, signatureHash }) => ({
      package_name: packageName,
      signature_hash: signatureHash,
    })),
  };
}
