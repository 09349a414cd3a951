import { type HrTime, SpanKind, SpanStatusCode, TraceFlags } from "@opentelemetry/api";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { BatchSpanProcessor, type ReadableSpan } from "@opentelemetry/sdk-trace";
import packageJson from "../../package.json" with { type: "json" };
import { isSampled, readTraceparent, spanIdOf, traceIdOf } from "./span-ids.ts";
import type { SpanFacts, Tracing } from "./tracing.ts";

const kinds = {
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  consumer: SpanKind.CONSUMER,
  internal: SpanKind.INTERNAL,
};
const scope = { name: "chasqui", version: packageJson.version };
const closeLimitMs = 3_000;

/** Loaded only where tracing is on. Address, headers and time-outs are the exporter's own OTEL_EXPORTER_OTLP_* variables. */
export function openTracing(service: string, share: number): Tracing {
  const resource = resourceFromAttributes({
    "service.name": `chasqui-${service}`,
    "service.version": packageJson.version,
    "process.pid": process.pid,
  });
  const processor = new BatchSpanProcessor({
    exporter: new OTLPTraceExporter(),
    maxQueueSize: 20_000,
    maxExportBatchSize: 1_000,
    scheduledDelayMillis: 1_000,
  });
  return {
    record: (facts) => {
      const traceId = traceIdOf(facts.traceOf);
      if (isSampled(traceId, share)) processor.onEnd({ ...spanOf(facts, traceId), resource });
    },
    close: () =>
      Promise.race([
        processor.shutdown().catch(() => undefined),
        new Promise<void>((resolve) => setTimeout(resolve, closeLimitMs).unref()),
      ]),
  };
}

function spanOf(facts: SpanFacts, traceId: string): Omit<ReadableSpan, "resource"> {
  const context = (spanId: string, id = traceId) => ({ traceId: id, spanId, traceFlags: TraceFlags.SAMPLED });
  const own = context(spanIdOf(traceId, facts.name, facts.key));
  const linked = readTraceparent(facts.linkedTo);
  const parent = facts.parent && context(spanIdOf(traceId, facts.parent.name, facts.parent.key));
  return {
    name: facts.name,
    kind: kinds[facts.kind],
    spanContext: () => own,
    ...(parent ? { parentSpanContext: parent } : {}),
    startTime: timeOf(facts.startMs),
    endTime: timeOf(facts.endMs),
    duration: timeOf(Math.max(0, facts.endMs - facts.startMs)),
    status: { code: facts.isError ? SpanStatusCode.ERROR : SpanStatusCode.UNSET },
    attributes: facts.attributes,
    links: linked ? [{ context: context(linked.spanId, linked.traceId) }] : [],
    events: [],
    ended: true,
    instrumentationScope: scope,
    droppedAttributesCount: 0,
    droppedEventsCount: 0,
    droppedLinksCount: 0,
  };
}

/** Seconds and nanoseconds. */
const timeOf = (milliseconds: number): HrTime => [
  Math.floor(milliseconds / 1000),
  Math.round((milliseconds % 1000) * 1e6),
];
