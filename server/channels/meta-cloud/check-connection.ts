import { z } from "zod";
import type { Channel, Connection, ConnectionCheck } from "../channel.ts";
import { callGraph, type GraphAnswer } from "./graph.ts";

const NumberFields = z.looseObject({
  display_phone_number: z.string().optional(),
  verified_name: z.string().optional(),
  name_status: z.string().optional(),
  quality_rating: z.string().optional(),
  status: z.string().optional(),
  whatsapp_business_manager_messaging_limit: z.string().optional(),
});
type NumberFields = z.infer<typeof NumberFields>;
const Account = z.looseObject({ name: z.string().optional() });
const Listed = z.looseObject({ data: z.array(z.looseObject({ id: z.string().optional() })) });

type Found = Pick<ConnectionCheck, "state" | "found" | "detail">;

/**
 * Asks for number, account, its numbers, templates and subscriptions, all at once: each question shows one of the rights a token
 * needs (whatsapp_business_messaging, whatsapp_business_management) and one thing that is often set up wrongly.
 */
export const checkConnection: Channel["checkConnection"] = async (connection, signal) => {
  const { phoneNumberId: number, accountId: account } = connection;
  const fields = Object.keys(NumberFields.shape).join(",");
  const ask = (path: string) => callGraph(connection, { path, method: "GET", signal });
  const [ofNumber, ofAccount, numbers, templates, apps] = await Promise.all([
    ask(`${number}?fields=${fields}`),
    ask(`${account}?fields=name`),
    ask(`${account}/phone_numbers?fields=id&limit=100`),
    ask(`${account}/message_templates?fields=name&limit=1`),
    ask(`${account}/subscribed_apps`),
  ]);
  const facts = bodyOf(ofNumber, NumberFields);
  const named = (name: ConnectionCheck["name"], found: Found): ConnectionCheck => ({ name, ...found });
  return {
    phone: facts?.display_phone_number ? `+${facts.display_phone_number.replace(/\D/g, "")}` : null,
    checks: [
      named("token", ofToken([ofNumber, ofAccount])),
      named("number", facts ? ofStatus(facts) : failed(ofNumber)),
      named("display-name", facts ? ofName(facts) : unknown),
      named("account", bodyOf(ofAccount, Account) ? ofMembers(connection, numbers) : failed(ofAccount)),
      named("templates", bodyOf(templates, Listed) ? ok(null) : failed(templates)),
      named("subscription", ofApps(apps)),
      named("quality", facts ? ofQuality(facts.quality_rating) : unknown),
      named("limit", facts ? ofLimit(facts.whatsapp_business_manager_messaging_limit) : unknown),
    ],
  };
};

const unknown: Found = { state: "unknown", found: null, detail: null };
const ok = (found: string | null): Found => ({ state: "ok", found, detail: null });

function bodyOf<T>(answer: GraphAnswer, schema: z.ZodType<T>): T | null {
  const parsed = answer.kind === "ok" ? schema.safeParse(answer.body) : null;
  return parsed?.success ? parsed.data : null;
}

const detailOf = (answer: GraphAnswer): string | null => {
  if (answer.kind === "ok") return null;
  return answer.kind === "refused" ? (answer.refusal?.detail ?? `HTTP ${answer.httpStatus}`) : answer.detail;
};

const failed = (answer: GraphAnswer): Found => ({ state: "failed", found: null, detail: detailOf(answer) });

/** Meta, error codes: 0, 102 and 190 are about the token itself; any other answer of Meta's shows that the token was read. */
function ofToken(answers: GraphAnswer[]): Found {
  const bad = answers.find((answer) => answer.kind === "refused" && [0, 102, 190].includes(answer.refusal?.code ?? -1));
  if (bad) return failed(bad);
  const told = answers.find((answer) => answer.kind === "ok" || (answer.kind === "refused" && answer.refusal));
  return told ? ok(null) : failed(answers[0] ?? { kind: "not-sent", detail: "" });
}

const ofStatus = ({ status, verified_name: name }: NumberFields): Found =>
  status === undefined || status === "CONNECTED" ? ok(name ?? null) : { state: "failed", found: status, detail: null };

/** Without an approved display name, messages to people who have not written first are refused (131037). */
function ofName({ name_status: status, verified_name: name }: NumberFields): Found {
  if (status === undefined || status === "NONE") return { ...unknown, found: name ?? null };
  if (status === "APPROVED" || status === "AVAILABLE_WITHOUT_REVIEW") return ok(name ?? null);
  return { state: "warning", found: status, detail: null };
}

function ofMembers({ phoneNumberId }: Connection, numbers: GraphAnswer): Found {
  const listed = bodyOf(numbers, Listed);
  if (!listed) return failed(numbers);
  return listed.data.some(({ id }) => id === phoneNumberId)
    ? ok(null)
    : { state: "failed", found: "another-account", detail: null };
}

function ofApps(apps: GraphAnswer): Found {
  const listed = bodyOf(apps, Listed);
  if (!listed) return { ...failed(apps), state: "warning" };
  return listed.data.length > 0 ? ok(null) : { state: "warning", found: "none", detail: null };
}

function ofQuality(rating: string | undefined): Found {
  if (rating === "RED") return { state: "failed", found: rating, detail: null };
  if (rating === "YELLOW") return { state: "warning", found: rating, detail: null };
  return rating === "GREEN" ? ok(rating) : { state: "unknown", found: "UNKNOWN", detail: null };
}

const ofLimit = (tier: string | undefined): Found =>
  tier?.startsWith("TIER_") && tier !== "TIER_NOT_SET" ? ok(tier) : unknown;
