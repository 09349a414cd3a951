import type { JsonObject } from "#flow/json.ts";
import { GraphError } from "../graph-error.ts";
import type { User } from "../record.ts";
import type { Sandbox } from "../sandbox.ts";

/** Who a send is for: `to` (a phone) wins over `recipient` (a business-scoped user id), section 7. */
export function findRecipient(
  sandbox: Sandbox,
  request: JsonObject,
): { user: User; input: string; isByBsuid: boolean } {
  const { to, recipient } = request;
  if (to !== undefined) {
    const input = String(to);
    const digits = waIdOf(sandbox, input);
    if (!/^[1-9]\d{6,14}$/.test(digits)) throw new GraphError(131009, "Parameter 'to' is not a phone number");
    if (digits === sandbox.identity.displayPhone.slice(1)) throw new GraphError(131021, "The recipient is the sender");
    assertAllowed(sandbox, digits);
    return { user: sandbox.world.userOf(digits), input, isByBsuid: false };
  }
  if (typeof recipient !== "string") throw new GraphError(100, "The parameter to is required.");
  if (!/^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$/.test(recipient))
    throw new GraphError(131009, "Parameter 'recipient' is not a business-scoped user id");
  const user = sandbox.world.usersByBsuid.get(recipient);
  if (!user) throw new GraphError(131009, "Parameter 'recipient' is not a user of this business");
  assertAllowed(sandbox, user.waId);
  return { user, input: recipient, isByBsuid: true };
}

/** The id a phone has in WhatsApp: its digits, or what Meta makes of them when the sandbox is told to address like Meta. */
function waIdOf(sandbox: Sandbox, input: string): string {
  const digits = input.replace(/[+\-() ]/g, "");
  if (sandbox.world.limits.addressing === "plain") return digits;
  // Without + Meta takes the number for one of the business's own country. The sandbox's numbers are +1.
  const international = input.trimStart().startsWith("+") ? digits : `${sandbox.identity.displayPhone[1]}${digits}`;
  // Brazil's mobile numbers outside its south-east have no 9 in WhatsApp, Mexico's have a 1.
  return international.replace(/^(55[3-9]\d)9(\d{8})$/, "$1$2").replace(/^52(\d{10})$/, "521$1");
}

function assertAllowed(sandbox: Sandbox, waId: string): void {
  const { allowed } = sandbox.world.limits;
  if (allowed !== null && !allowed.includes(waId))
    throw new GraphError(131030, "Recipient phone number not in allowed list: add it to the list of this test number");
}
