import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { drawGraph, step } from "#flow/starters/starter.ts";
import { defineFault } from "../contract.ts";
import type { FaultStack } from "../stack/fault-stack.ts";
import type { KnownFlow } from "../world/known-flow.ts";

const placeholders = { hanging: "http://hanging.invalid/", lively: "http://lively.invalid/" };
const lastsMs = 10_000;
/** Behind an endpoint that takes two seconds to be given up, nobody else may wait as long. */
const mostWaitMs = 1_500;

/** A flow with one webhook step; its address is put in when the endpoint is there. */
const flowOf = (name: keyof typeof placeholders): KnownFlow => ({
  name: `Asks ${name}`,
  event: `bank.asks-${name}`,
  purpose: "service",
  firstTemplate: null,
  graph: drawGraph(
    { purpose: "service", reEntry: { mode: "every-event" }, enrollmentKey: "event.ref" },
    [
      step("start", "trigger-event", [0, 0], { event: `bank.asks-${name}`, rule: { all: [] } }),
      step("ask", "webhook", [0, 0], { method: "POST", url: placeholders[name], timeoutSeconds: 2 }),
      step("answered", "goal", [0, 0], { name: "answered" }),
      step("silent", "exit", [0, 0], { reason: "no answer" }),
    ],
    [
      ["start", "next", "ask"],
      ["ask", "ok", "answered"],
      ["ask", "failed", "silent"],
    ],
  ),
});

const servers: Server[] = [];

/** A bank's own system does not answer for a minute: its calls are given up, and those to others go on as ever. */
export const hangingEndpoint = defineFault({
  id: "F25",
  title: "a webhook step's endpoint that hangs",
  isTimed: true,
  flows: [flowOf("hanging"), flowOf("lively")],
  prepare: async ({ stack }) => {
    await placeAt(stack, placeholders.hanging, () => undefined);
    await placeAt(stack, placeholders.lively, (_, response) => response.end("{}"));
  },
  inject: () => new Promise((resolve) => setTimeout(resolve, lastsMs)),
  expect: async ({ stack, note }) => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      server.close();
    }
    const of =
      "from webhook_call c join enrollment e on e.id = c.enrollment_id join flow f on f.id = e.flow_id where f.name =";
    const count = (what: string) => stack.count(`select count(*) as n ${of} ${what}`);
    const slowest = await stack.count(
      `select coalesce(max(extract(epoch from t.at - c.created_at) * 1000), 0)::integer as n
       from webhook_call c join enrollment e on e.id = c.enrollment_id join flow f on f.id = e.flow_id
       join trace t on t.enrollment_id = e.id and t.kind = 'ended'
       where f.name = 'Asks lively'`,
    );
    const unanswered = await count("'Asks lively' and c.status <> 'ok'");
    const wrong = await count("'Asks hanging' and (c.status <> 'failed' or c.error not like 'time-out%')");
    note("hanging calls", await count("'Asks hanging'"));
    note("slowest answered", `${slowest} ms`);
    return [
      ...(unanswered === 0 ? [] : [`${unanswered} calls to an endpoint that answers came to nothing`]),
      ...(wrong === 0 ? [] : [`${wrong} calls to the one that hangs were not given up by their time`]),
      ...(slowest <= mostWaitMs ? [] : [`an endpoint that answers was asked ${slowest} ms late`]),
    ];
  },
});

async function placeAt(stack: FaultStack, placeholder: string, answer: RequestListener): Promise<void> {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  await stack.query("update flow_version set graph = replace(graph::text, $1, $2)::jsonb", [placeholder, url]);
}
