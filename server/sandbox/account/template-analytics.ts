import type { JsonObject } from "#flow/json.ts";
import { listOf, page } from "../graph/listing.ts";
import { GraphError } from "../graph-error.ts";
import type { Message } from "../record.ts";
import type { Sandbox } from "../sandbox.ts";
import { costOf, isDelivered, isSent, roundCost } from "./analytics.ts";
import { intervalOf, readSpan } from "./field-expression.ts";

const lookBackDays = 90;
const mostTemplates = 10;
const metricNames = ["COST", "CLICKED", "DELIVERED", "READ", "SENT"];

type Point = { template_id: string; start: number; end: number; messages: Message[]; clicks: Map<string, number> };

/** GET /W/template_analytics, by day, for up to ten templates (section 8); refused until template insights are switched on. */
export function templateAnalytics(sandbox: Sandbox, url: URL): object {
  if (!sandbox.world.account.facts.hasTemplateInsights)
    throw new GraphError(200_007, "Template insights are not enabled for this account.");
  const span = readSpan((name) => url.searchParams.get(name), sandbox.clock.now(), lookBackDays);
  if ((url.searchParams.get("granularity") ?? "DAILY") !== "DAILY")
    throw new GraphError(100, "granularity must be DAILY.");
  const ids = listOf(url, "template_ids") ?? [];
  if (ids.length < 1 || ids.length > mostTemplates)
    throw new GraphError(100, `template_ids must name 1 to ${mostTemplates} templates.`);
  const metrics = listOf(url, "metric_types") ?? metricNames;
  const unknown = metrics.find((metric) => !metricNames.includes(metric));
  if (unknown) throw new GraphError(100, `metric_types must be of ${metricNames.join(", ")} - got "${unknown}".`);
  const points = pointsOf(sandbox, span, new Set(ids));
  const data = [
    { granularity: "DAILY", product_type: "cloud_api", data_points: points.map((point) => shown(point, metrics)) },
  ];
  return page(data, url);
}

/** POST /W?is_enabled_for_insights=true; it cannot be switched off again. */
export async function enableInsights(sandbox: Sandbox, isOn: boolean): Promise<void> {
  const { facts } = sandbox.world.account;
  if (!isOn && facts.hasTemplateInsights) throw new GraphError(200_006, "Template insights cannot be switched off.");
  await sandbox.commit({ k: "account-facts", facts: { ...facts, hasTemplateInsights: isOn } });
}

function pointsOf(sandbox: Sandbox, { start, end }: { start: number; end: number }, ids: ReadonlySet<string>): Point[] {
  const points = new Map<string, Point>();
  for (const message of sandbox.world.log) {
    const original = message.direction === "inbound" ? sandbox.world.messages.get(message.contextWamid ?? "") : message;
    const id = original?.template?.id ?? "";
    if (!ids.has(id) || !original || original.at < start * 1000 || original.at >= end * 1000) continue;
    const interval = intervalOf(original.at / 1000, "DAY");
    const key = `${id}|${interval.start}`;
    const point = points.get(key) ?? { template_id: id, ...interval, messages: [], clicks: new Map<string, number>() };
    if (message.direction === "outbound") point.messages.push(message);
    else if (message.type === "button")
      point.clicks.set(message.body ?? "", (point.clicks.get(message.body ?? "") ?? 0) + 1);
    points.set(key, point);
  }
  return [...points.values()].sort((a, b) => a.start - b.start);
}

function shown({ template_id, start, end, messages, clicks }: Point, metrics: string[]): JsonObject {
  const delivered = messages.filter(isDelivered);
  const spent = delivered.reduce((sum, message) => sum + costOf(message), 0);
  const links = linkTapsOf(messages);
  const all: Record<string, JsonObject> = {
    SENT: { sent: messages.filter(isSent).length },
    DELIVERED: { delivered: delivered.length },
    READ: { read: messages.filter(({ status }) => status === "read").length },
    CLICKED: {
      clicked: [
        ...[...clicks].map(([content, times]) => clicked("quick_reply_button", content, times)),
        ...[...links].map(([label, { taps }]) => clicked("url_button", label, taps)),
        ...[...links].map(([label, { people }]) => clicked("unique_url_button", label, people.size)),
      ],
    },
    COST: {
      cost: [
        { type: "amount_spent", value: roundCost(spent) },
        { type: "cost_per_delivered", value: delivered.length === 0 ? 0 : roundCost(spent / delivered.length) },
        ...(links.size === 0 ? [] : [{ type: "cost_per_url_button_click", value: roundCost(spent / tapsIn(links)) }]),
      ],
    },
  };
  return { template_id, start, end, ...Object.assign({}, ...metrics.map((metric) => all[metric] ?? {})) };
}

type LinkTaps = Map<string, { taps: number; people: Set<string> }>;

/** Taps on links by the button's label: all of them, and who has tapped. */
function linkTapsOf(messages: Message[]): LinkTaps {
  const links: LinkTaps = new Map();
  for (const { linkTaps = {}, waId } of messages)
    for (const [label, times] of Object.entries(linkTaps)) {
      const link = links.get(label) ?? { taps: 0, people: new Set<string>() };
      link.taps += times;
      link.people.add(waId);
      links.set(label, link);
    }
  return links;
}

const tapsIn = (links: LinkTaps): number => [...links.values()].reduce((sum, { taps }) => sum + taps, 0);

const clicked = (type: string, content: string, count: number) => ({ type, button_content: content, count });
