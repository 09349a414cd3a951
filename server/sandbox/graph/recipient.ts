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
    const digits = input.replace(/[+\-() ]/g, "");
    if (!/^[1-9]\d{6,14}$/.test(digits)) throw new GraphError(131009, "Parameter 'to' is not a phone number");
    if (digits === sandbox.identity.displayPhone.slice(1)) throw new GraphError(131021, "The recipient is the sender");
    return { user: sandbox.world.userOf(digits), input, isByBsuid: false };
  }
  if (typeof recipient !== "string") throw new GraphError(100, "The parameter to is required.");
  if (!/^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$/.test(recipient))
    throw new GraphError(131009, "Parameter 'recipient' is not a business-scoped user id");
  const user = sandbox.world.usersByBsuid.get(recipient);
  if (!user) throw new GraphError(131009, "Parameter 'recipient' is not a user of this business");
  return { user, input: recipient, isByBsuid: true };
}
