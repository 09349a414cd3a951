import { z } from "zod";
import { GraphError } from "../graph-error.ts";
import type { Template } from "./template.ts";

const upper = (value: unknown) => (typeof value === "string" ? value.toUpperCase() : value);
const label = z.string().min(1).max(25);
const type = <T extends string>(name: T) => z.preprocess(upper, z.literal(name));

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
  z.looseObject({ type: type("COPY_CODE"), example: z.union([z.string().max(20), z.array(z.string().max(20))]) }),
  z.looseObject({ type: type("FLOW"), text: label }),
  z.looseObject({
    type: type("OTP"),
    otp_type: z.preprocess(upper, z.enum(["COPY_CODE", "ONE_TAP", "ZERO_TAP"])),
    text: label.optional(),
  }),
  z.looseObject({ type: type("VOICE_CALL"), text: z.string().min(1).max(20) }),
  z.looseObject({ type: type("CATALOG"), text: label }),
  z.looseObject({ type: type("MPM"), text: label }),
  z.looseObject({ type: type("SPM"), text: label }),
]);
type Button = z.infer<typeof Button>;

const mostOf: Partial<Record<Button["type"], number>> = {
  URL: 2,
  PHONE_NUMBER: 1,
  COPY_CODE: 1,
  FLOW: 1,
  OTP: 1,
  CATALOG: 1,
  MPM: 1,
  SPM: 1,
};

/** Checks a BUTTONS component by section 4: kinds, counts, order, and the variable at the end of a link. Throws code 100. */
export function checkButtons(category: Template["category"], component: Record<string, unknown> | undefined): void {
  if (!component) {
    if (category === "AUTHENTICATION") throw wrong("An authentication template needs exactly one OTP button.");
    return;
  }
  const parsed = z.array(Button).min(1).max(10).safeParse(component.buttons);
  if (!parsed.success)
    throw wrong(
      `Buttons are not valid: ${parsed.error.issues[0]?.path.join(".") ?? ""} ${parsed.error.issues[0]?.message ?? ""}`,
    );
  const buttons = parsed.data;
  for (const [kind, most] of Object.entries(mostOf)) {
    if (buttons.filter((button) => button.type === kind).length > most)
      throw wrong(`At most ${most} button of type ${kind} is allowed.`);
  }
  const isOtp = buttons.some((button) => button.type === "OTP");
  if (isOtp !== (category === "AUTHENTICATION") || (isOtp && buttons.length > 1))
    throw wrong("OTP buttons stand alone, in authentication templates only.");
  if (!isGrouped(buttons)) throw wrong("Quick replies must stand together, before or after the other buttons.");
  for (const button of buttons) if (button.type === "URL") checkLink(button.url, button.example);
}

function isGrouped(buttons: Button[]): boolean {
  const changes = buttons.filter(
    (button, index) => index > 0 && (button.type === "QUICK_REPLY") !== (buttons[index - 1]?.type === "QUICK_REPLY"),
  );
  return changes.length <= 1;
}

function checkLink(url: string, example: string | string[] | undefined): void {
  const variables = url.match(/\{\{[^}]*\}\}/g) ?? [];
  if (variables.length === 0) return;
  if (variables.length > 1 || !url.endsWith("{{1}}")) throw wrong("A link has one variable, {{1}}, at its very end.");
  const sample = Array.isArray(example) ? example[0] : example;
  if (!sample)
    throw new GraphError(100, null, {
      subcode: 2388043,
      userTitle: "Sample is missing",
      userMessage: "A link with a variable needs a sample.",
    });
}

const wrong = (details: string) => new GraphError(100, details);
