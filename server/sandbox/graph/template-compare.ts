import { GraphError, unknownObject } from "../graph-error.ts";
import type { Sandbox } from "../sandbox.ts";
import { listOf } from "./listing.ts";

const daysS = 86_400;
const leastSends = 1000;

/** GET /TEMPLATE/compare: block rate and sends of two templates over 7, 30, 60 or 90 days, each sent 1,000 times at least. */
export function compareTemplates(sandbox: Sandbox, id: string, url: URL): object {
  const [otherId = "", ...more] = listOf(url, "template_ids") ?? [];
  if (!otherId || more.length > 0) throw new GraphError(100, "template_ids needs exactly one other template's id.");
  if (!sandbox.world.templates.has(otherId)) throw unknownObject(otherId);
  const start = Number(url.searchParams.get("start"));
  const end = Number(url.searchParams.get("end"));
  if (!(start > 0 && end > start)) throw new GraphError(100, "start and end must be Unix seconds, start first.");
  if (![7, 30, 60, 90].includes(Math.round((end - start) / daysS)))
    throw new GraphError(100, "start and end must be 7, 30, 60 or 90 days apart.");
  const sends = [id, otherId].map((each) => ({ key: each, value: sendsOf(sandbox, each, start, end) }));
  if (sends.some(({ value }) => value < leastSends))
    throw new GraphError(100, `Both templates must have been sent ${leastSends} times in this time.`);
  return {
    data: [
      // Nobody blocks a business here, so the order is the one asked for.
      { metric: "BLOCK_RATE", type: "RELATIVE", order_by_relative_metric: [id, otherId] },
      { metric: "MESSAGE_SENDS", type: "NUMBER_VALUES", number_values: sends },
      { metric: "TOP_BLOCK_REASON", type: "STRING_VALUES", string_values: [] },
    ],
  };
}

const sendsOf = (sandbox: Sandbox, id: string, start: number, end: number): number =>
  sandbox.world.log.filter(
    ({ template, at, status }) =>
      template?.id === id && status !== "accepted" && status !== "failed" && at >= start * 1000 && at < end * 1000,
  ).length;
