import type { JsonObject } from "#flow/json.ts";
import { GraphError } from "../graph-error.ts";
import type { Message } from "../record.ts";
import type { Sandbox } from "../sandbox.ts";
import { countryOf } from "./country.ts";
import { type FieldExpression, type Granularity, intervalOf, listIn, readSpan } from "./field-expression.ts";

const lookBackDays = 365;
const delivered: readonly string[] = ["delivered", "read", "played"];

export const isDelivered = ({ status }: Message): boolean => delivered.includes(status);
export const isSent = (message: Message): boolean => message.status === "sent" || isDelivered(message);

function granularityOf(expression: FieldExpression, words: Record<string, Granularity>): [word: string, Granularity] {
  const word = expression.modifiers.get("granularity") ?? "";
  const granularity = words[word];
  if (!granularity) throw new GraphError(100, `granularity must be one of ${Object.keys(words).join(", ")}.`);
  return [word, granularity];
}

function messagesIn(sandbox: Sandbox, expression: FieldExpression): Message[] {
  const { start, end } = readSpan((name) => expression.modifiers.get(name), sandbox.clock.now(), lookBackDays);
  const countries = listIn(expression, "country_codes");
  const phones = listIn(expression, "phone_numbers").map((phone) => phone.replace(/^\+/, ""));
  const isOurs = phones.length === 0 || phones.includes(sandbox.identity.displayPhone.slice(1));
  return sandbox.world.log.filter(
    ({ direction, at, waId }) =>
      isOurs &&
      direction === "outbound" &&
      at >= start * 1000 &&
      at < end * 1000 &&
      (countries.length === 0 || countries.includes(countryOf(waId))),
  );
}

/** GET /W?fields=analytics...: messages by when they were accepted (section 8). */
export function messageAnalytics(sandbox: Sandbox, expression: FieldExpression): JsonObject {
  const [word, granularity] = granularityOf(expression, { HALF_HOUR: "HALF_HOUR", DAY: "DAY", MONTH: "MONTH" });
  const messages = messagesIn(sandbox, expression).filter(isSent);
  const points = new Map<number, { start: number; end: number; sent: number; delivered: number }>();
  for (const message of messages) {
    const interval = intervalOf(message.at / 1000, granularity);
    const point = points.get(interval.start) ?? { ...interval, sent: 0, delivered: 0 };
    point.sent += 1;
    if (isDelivered(message)) point.delivered += 1;
    points.set(interval.start, point);
  }
  return {
    phone_numbers: [sandbox.identity.displayPhone.slice(1)],
    country_codes: [...new Set(messages.map(({ waId }) => countryOf(waId)))],
    granularity: word,
    data_points: [...points.values()].sort((a, b) => a.start - b.start),
  };
}

const dimensions = ["PRICING_CATEGORY", "PRICING_TYPE", "COUNTRY", "PHONE", "TIER"];

/** GET /W?fields=pricing_analytics...: delivered messages and their cost, split by the dimensions asked for (section 8). */
export function pricingAnalytics(sandbox: Sandbox, expression: FieldExpression): JsonObject {
  const [, granularity] = granularityOf(expression, { HALF_HOUR: "HALF_HOUR", DAILY: "DAY", MONTHLY: "MONTH" });
  const asked = listIn(expression, "dimensions");
  const unknown = asked.find((dimension) => !dimensions.includes(dimension));
  if (unknown) throw new GraphError(100, `dimensions must be of ${dimensions.join(", ")} - got "${unknown}".`);
  const metrics = listIn(expression, "metric_types");
  const points = new Map<string, JsonObject & { volume: number; cost: number }>();
  for (const message of messagesIn(sandbox, expression).filter(isDelivered)) {
    const facts = { ...intervalOf(message.at / 1000, granularity), ...splitBy(sandbox, message, asked) };
    const key = JSON.stringify(facts);
    const point = points.get(key) ?? { ...facts, volume: 0, cost: 0 };
    point.volume += 1;
    point.cost = roundCost(point.cost + costOf(message));
    points.set(key, point);
  }
  const shown = [...points.values()].map(({ volume, cost, ...facts }) => ({
    ...facts,
    ...(metrics.length === 0 || metrics.includes("VOLUME") ? { volume } : {}),
    ...(metrics.length === 0 || metrics.includes("COST") ? { cost } : {}),
  }));
  return { data: [{ data_points: shown }] };
}

function splitBy(sandbox: Sandbox, message: Message, asked: string[]): JsonObject {
  return {
    ...(asked.includes("COUNTRY") ? { country: countryOf(message.waId) } : {}),
    ...(asked.includes("PHONE") ? { phone_number: sandbox.identity.displayPhone.slice(1) } : {}),
    ...(asked.includes("TIER") ? { tier: "0:750000" } : {}),
    ...(asked.includes("PRICING_TYPE") ? { pricing_type: typeOf(message) } : {}),
    ...(asked.includes("PRICING_CATEGORY") ? { pricing_category: categoryOf(message) } : {}),
  };
}

// A ledger of an older sandbox has messages without a price.
const categoryOf = ({ price, template }: Message): string =>
  price?.category.toUpperCase().replaceAll("-", "_") ?? template?.category ?? "SERVICE";

const typeOf = ({ price }: Message): string => price?.type.toUpperCase() ?? "REGULAR";

/** What a message was priced at when it was accepted, in US dollars; nothing where the card has no figure for its market. */
export const costOf = ({ price }: Message): number => price?.usd ?? 0;

/** A sum of costs without the noise of floating point. */
export const roundCost = (cost: number): number => Math.round(cost * 1e6) / 1e6;
