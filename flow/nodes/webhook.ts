import { z } from "zod";
import { defineNode } from "../define-node.ts";
import { factsOf } from "../facts.ts";
import { type Json, readPath } from "../json.ts";
import { RulePath } from "../rule.ts";

const config = z.strictObject({
  method: z.enum(["POST", "PUT", "GET"]).meta({ field: "select", label: "method" }),
  url: z
    .url({ protocol: /^https?$/ })
    .max(2000)
    .meta({ field: "url", label: "url" }),
  headers: z
    .record(z.string().regex(/^[A-Za-z0-9-]{1,60}$/), z.string().max(500))
    .default({})
    .meta({ field: "key-values", label: "headers" }),
  /** Body properties, read from contact, event or enrollment. */
  body: z.record(z.string().min(1).max(60), RulePath).default({}).meta({ field: "key-paths", label: "body" }),
  timeoutSeconds: z.number().int().min(1).max(10).default(10).meta({ field: "number", label: "timeoutSeconds" }),
  /** Answer path by name; later steps read it as enrollment.<name>. */
  mapping: z
    .record(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,63}$/), z.string().max(200))
    .default({})
    .meta({ field: "key-values", label: "mapping" }),
});

/** Three tries of ten seconds with pauses between them, and some room for a queue before a slow host. */
const longestCallMs = 5 * 60_000;

/** Calls another system and goes on with its answer: ok (2xx) or failed. */
export const webhook = defineNode({
  type: "webhook",
  family: "integration",
  icon: "webhook",
  config,
  initial: () => ({ method: "POST", url: "", headers: {}, body: {}, timeoutSeconds: 10, mapping: {} }),
  handles: () => [
    { id: "ok", place: "outcome", label: ["webhook.ok"] },
    { id: "failed", place: "outcome", label: ["webhook.failed"] },
  ],
  summary: ({ method, url }) => ["webhook.summary", { method, host: URL.canParse(url) ? new URL(url).host : url }],
  waits: () => false,
  stays: () => ({ least: 0, most: longestCallMs }),
  keeps: ({ mapping }, handle) => (handle === "ok" ? Object.keys(mapping) : []),
  enter: ({ method, url, headers, body, timeoutSeconds, mapping }, context) => {
    const facts = factsOf(context);
    const filled: Json = Object.fromEntries(
      Object.entries(body).map(([name, path]) => [name, readPath(facts, path) ?? null]),
    );
    return {
      effects: [
        {
          kind: "webhook",
          visit: context.visit,
          nodeId: context.nodeId,
          method,
          url,
          headers,
          body: filled,
          timeoutSeconds,
          mapping,
        },
      ],
      move: { wait: { wakeAt: null } },
    };
  },
  receive: (_, signal, { visit }) =>
    signal.kind === "webhook" && signal.visit === visit
      ? { values: signal.values, move: { leaveBy: signal.ok ? "ok" : "failed" } }
      : null,
});
