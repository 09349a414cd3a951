import { z } from "zod";
import { move } from "../account/flows.ts";
import type { Sandbox } from "../sandbox.ts";
import { controlError } from "./control-error.ts";

const AccountInput = z.strictObject({ is_verified: z.boolean() });

/** Meta verifies the business: 6,000 templates instead of 250. */
export async function setAccount(sandbox: Sandbox, input: unknown): Promise<object> {
  const { is_verified: isVerified } = AccountInput.parse(input);
  await sandbox.commit({ k: "account-facts", facts: { ...sandbox.world.account.facts, isVerified } });
  return { success: true };
}

/** How far the number is registered, with the code that was "sent" to it. */
export function showNumber(sandbox: Sandbox): object {
  const { status, isVerified, code, pin } = sandbox.world.account.registration;
  return { status, is_verified: isVerified, code, pin };
}

const NumberInput = z.strictObject({
  is_verified: z.boolean().optional(),
  status: z.enum(["CONNECTED", "DISCONNECTED"]).optional(),
});

/** Puts the number anywhere on the ladder, without what Meta would ask for. */
export async function setNumber(sandbox: Sandbox, input: unknown): Promise<object> {
  const { is_verified: isVerified, status } = NumberInput.parse(input);
  const before = sandbox.world.account.registration;
  const registration = { ...before, isVerified: isVerified ?? before.isVerified, status: status ?? before.status };
  await sandbox.commit({ k: "registration", registration });
  return showNumber(sandbox);
}

const EventInput = z.strictObject({
  field: z.enum([
    "account_alerts",
    "account_review_update",
    "account_update",
    "business_capability_update",
    "phone_number_name_update",
    "phone_number_quality_update",
    "security",
  ]),
  value: z.record(z.string(), z.json()),
});

/** Tells the subscriber a management webhook that nothing here causes by itself, in the caller's own words (section 11.3). */
export async function tellEvent(sandbox: Sandbox, input: unknown): Promise<object> {
  const { field, value } = EventInput.parse(input);
  await sandbox.tell({ kind: "event", field, value, isTimed: true, at: sandbox.clock.now() });
  return { success: true };
}

const FlowInput = z.strictObject({ status: z.enum(["PUBLISHED", "BLOCKED", "THROTTLED"]) });

/** Meta's watch over a flow's endpoint throttles or blocks it, or lets it go again; the subscriber hears of it. */
export function setFlowStatus(sandbox: Sandbox, id: string, input: unknown): Promise<object> {
  const { status } = FlowInput.parse(input);
  const flow = sandbox.world.account.flows.get(id);
  if (!flow) throw controlError(404, `There is no flow ${id}.`);
  if (flow.status === "DRAFT") throw controlError(400, `Flow ${id} is a draft.`);
  return move(sandbox, flow, status);
}
