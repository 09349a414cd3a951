import http from "node:http";
import type { AddressInfo } from "node:net";
import { z } from "zod";

const Attribute = z.object({ key: z.string(), value: z.record(z.string(), z.unknown()) });
const Span = z.object({
  traceId: z.string(),
  spanId: z.string(),
  parentSpanId: z.string().optional(),
  name: z.string(),
  startTimeUnixNano: z.string(),
  endTimeUnixNano: z.string(),
  attributes: z.array(Attribute),
  links: z.array(z.object({ traceId: z.string(), spanId: z.string() })).optional(),
});
const Body = z.object({
  resourceSpans: z.array(
    z.object({
      resource: z.object({ attributes: z.array(Attribute) }),
      scopeSpans: z.array(z.object({ spans: z.array(Span) })),
    }),
  ),
});

export type ReceivedSpan = Omit<z.infer<typeof Span>, "attributes"> & {
  service: unknown;
  attributes: Record<string, unknown>;
};

/** For tests: a collector that takes OTLP/HTTP JSON (opentelemetry-proto, trace/v1) at /v1/traces and keeps what came. */
export async function openReceiver() {
  const spans: ReceivedSpan[] = [];
  const bodies: string[] = [];
  const server = http.createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString();
    bodies.push(text);
    if (request.method !== "POST" || request.url !== "/v1/traces") return void response.writeHead(404).end();
    for (const { resource, scopeSpans } of Body.parse(JSON.parse(text)).resourceSpans) {
      const service = valuesOf(resource.attributes)["service.name"];
      const all = scopeSpans.flatMap((each) => each.spans);
      spans.push(...all.map(({ attributes, ...span }) => ({ ...span, service, attributes: valuesOf(attributes) })));
    }
    response.writeHead(200, { "content-type": "application/json" }).end("{}");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, spans, bodies, close: () => new Promise((resolve) => server.close(resolve)) };
}

const valuesOf = (attributes: z.infer<typeof Attribute>[]): Record<string, unknown> =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));
