import { z } from "zod";
import { GraphError } from "../graph-error.ts";
import type { Template } from "./template.ts";
import { type TemplateComponent, upper } from "./template-component.ts";
import { templateError } from "./template-error.ts";

const label = z.string().min(1).max(25);
const type = <T extends string>(name: T) => z.preprocess(upper, z.literal(name));
const App = z.looseObject({
  package_name: z.string().min(1),
  signature_hash: z.string().transform(decoded).pipe(z.string().length(11)),
});

const Button = z.union([
  z.looseObject({ type: type("QUICK_REPLY"), text: label }),
  z.looseObject({
    type: type("URL"),
    text: label,
    url: z
      .string()
      .regex(/^https?:\/\/\S+$/i)
      .max(2000),
    example: z.union([z.array(z.string()), z.string()]).optional(),
  }),
  z.looseObject({ type: type("PHONE_NUMBER"), text: label, phone_number: z.string().min(1).max(20) }),
  z.looseObject({
    type: type("COPY_CODE"),
    example: z.union([z.string().min(1).max(20), z.array(z.string().min(1).max(20)).min(1)]),
  }),
  z.looseObject({
    type: type("FLOW"),
    text: label,
    flow_id: z.union([z.string(), z.number()]).optional(),
    flow_name: z.string().optional(),
    flow_json: z.string().optional(),
    flow_action: z.preprocess(upper, z.enum(["NAVIGATE", "DATA_EXCHANGE"]).optional()),
    navigate_screen: z.string().optional(),
  }),
  z.looseObject({
    type: type("OTP"),
    otp_type: z.preprocess(upper, z.enum(["COPY_CODE", "ONE_TAP", "ZERO_TAP"])),
    text: label.optional(),
    autofill_text: label.optional(),
    supported_apps: z.array(App).min(1).max(5).optional(),
    package_name: z.string().optional(),
    signature_hash: z.string().optional(),
    zero_tap_terms_accepted: z.boolean().optional(),
  }),
  z.looseObject({
    type: type("VOICE_CALL"),
    text: z.string().min(1).max(20),
    ttl_minutes: z.number().int().min(1440).max(43_200).optional(),
  }),
  z.looseObject({ type: type("REQUEST_CONTACT_INFO"), text: z.string().max(60).optional() }),
  z.looseObject({ type: type("CATALOG"), text: label }),
  z.looseObject({ type: type("MPM"), text: label }),
  z.looseObject({ type: type("SPM"), text: label }),
  z.looseObject({ type: type("ORDER_DETAILS"), text: label }),
]);
type Button = z.infer<typeof Button>;

/** A signature hash may come as it stands in an address. */
function decoded(hash: string): string {
  try {
    return decodeURIComponent(hash);
  } catch {
    return hash;
  }
}

/** How many of a kind a template may have; quick replies only count among the ten of all kinds. */
const mostOf = (kind: Button["type"]): number => (kind === "QUICK_REPLY" ? 10 : kind === "URL" ? 2 : 1);
const loners: ReadonlySet<string> = new Set(["OTP", "CATALOG", "MPM", "SPM", "ORDER_DETAILS", "REQUEST_CONTACT_INFO"]);
const cardKinds: ReadonlySet<string> = new Set(["QUICK_REPLY", "URL", "PHONE_NUMBER", "SPM"]);

type Place = { isOffer?: boolean; isCard?: boolean };

/** Checks a BUTTONS component by section 4: kinds, counts, order, and the variable at the end of a link. Throws code 100. */
export function checkButtons(
  category: Template["category"],
  component: TemplateComponent | undefined,
  { isOffer = false, isCard = false }: Place = {},
): void {
  if (!component) {
    if (category === "AUTHENTICATION") throw wrong("An authentication template needs exactly one OTP button.");
    return;
  }
  const parsed = z
    .array(Button)
    .min(1)
    .max(isCard ? 2 : 10)
    .safeParse(component.buttons);
  if (!parsed.success)
    throw wrong(
      `Buttons are not valid: ${parsed.error.issues[0]?.path.join(".") ?? ""} ${parsed.error.issues[0]?.message ?? ""}`,
    );
  const buttons = parsed.data;
  checkCompany(category, buttons, isCard);
  for (const button of buttons) checkButton(button, isOffer);
}

/** The kinds of a BUTTONS component in their order, such as "QUICK_REPLY+URL". */
export const kindsOf = (component: TemplateComponent | undefined): string =>
  z
    .array(z.looseObject({ type: z.preprocess(upper, z.string()) }))
    .catch([])
    .parse(component?.buttons)
    .map((button) => button.type)
    .join("+");

function checkCompany(category: Template["category"], buttons: Button[], isCard: boolean): void {
  for (const { type: kind } of buttons) {
    if (isCard && !cardKinds.has(kind)) throw wrong(`A card has no button of type ${kind}.`);
    if (buttons.filter((button) => button.type === kind).length > mostOf(kind))
      throw wrong(`At most ${mostOf(kind)} button of type ${kind} is allowed.`);
    if (loners.has(kind) && buttons.length > 1) throw wrong(`A button of type ${kind} stands alone.`);
    if ((kind === "OTP") !== (category === "AUTHENTICATION"))
      throw wrong("OTP buttons stand alone, in authentication templates only.");
  }
  if (!isGrouped(buttons)) throw wrong("Quick replies must stand together, before or after the other buttons.");
}

function isGrouped(buttons: Button[]): boolean {
  const changes = buttons.filter(
    (button, index) => index > 0 && (button.type === "QUICK_REPLY") !== (buttons[index - 1]?.type === "QUICK_REPLY"),
  );
  return changes.length <= 1;
}

function checkButton(button: Button, isOffer: boolean): void {
  if (typeof button.text === "string" && button.text.includes("{{"))
    throw wrong("The text of a button has no variables.");
  if (button.type === "URL") checkLink(button.url, button.example);
  else if (button.type === "FLOW") checkFlow(button);
  else if (button.type === "OTP") checkOtp(button);
  else if (button.type === "COPY_CODE" && isOffer && [button.example].flat().some((code) => code.length > 15))
    throw wrong("The code of a limited-time offer has at most 15 characters.");
}

function checkLink(url: string, example: string | string[] | undefined): void {
  const variables = url.match(/\{\{[^}]*\}\}/g) ?? [];
  if (variables.length === 0) return;
  if (variables.length > 1 || !url.endsWith("{{1}}")) throw wrong("A link has one variable, {{1}}, at its very end.");
  const sample = Array.isArray(example) ? example[0] : example;
  if (!sample) throw templateError(2388043, "Sample is missing", "A link with a variable needs a sample.");
}

function checkFlow({ flow_id, flow_name, flow_json, flow_action, navigate_screen }: Button & { type: "FLOW" }): void {
  if ([flow_id, flow_name, flow_json].filter((given) => given !== undefined).length !== 1)
    throw wrong("A flow button needs exactly one of flow_id, flow_name and flow_json.");
  if (flow_action === "NAVIGATE" && !navigate_screen)
    throw wrong("A flow button that navigates needs navigate_screen.");
}

function checkOtp(button: Button & { type: "OTP" }): void {
  if (button.otp_type === "COPY_CODE") return;
  // One application may stand in the button itself, as older requests have it.
  const isOldForm = App.safeParse(button).success;
  if (!button.supported_apps && !isOldForm)
    throw wrong(
      "One-tap and zero-tap buttons need supported_apps with package_name and an 11-character signature_hash.",
    );
  if (button.otp_type === "ZERO_TAP" && button.zero_tap_terms_accepted !== true)
    throw wrong("A zero-tap button needs zero_tap_terms_accepted: true.");
}

const wrong = (details: string) => new GraphError(100, details);
