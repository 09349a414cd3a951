/** One finished piece of work of one trace. Ids and counts only: nothing of a customer, no text of a message, no name. */
export type SpanFacts = {
  /** area.act: event.accept, signal.apply, message.gate, message.call, message.settle, status.apply. */
  name: string;
  kind: "server" | "client" | "consumer" | "internal";
  /** The uuid that the whole trace is about: the event's, or the message's where no event began it. Its 16 bytes are the trace id. */
  traceOf: string;
  /** Tells spans of one name within a trace apart: a message's id, with its attempt. */
  key: string;
  parent?: { name: string; key: string };
  startMs: number;
  endMs: number;
  attributes: Record<string, string | number | boolean>;
  isError?: boolean;
  /** A caller's W3C traceparent: its span is linked, ours stays the trace of the event. */
  linkedTo?: string | undefined;
};

export type Tracing = {
  /** Queues a span for export; drops it when its trace is not sampled or the queue is full. Never throws, never waits. */
  record: (span: SpanFacts) => void;
  /** Sends what is queued, for at most three seconds. */
  close: () => Promise<void>;
};

type Source = Record<string, string | undefined>;

/**
 * Spans by OTLP over HTTP when OTEL_EXPORTER_OTLP_ENDPOINT (or ..._TRACES_ENDPOINT) says where to; else null, and not even the library
 * is loaded. OTEL_TRACES_SAMPLER_ARG is the share of traces that is kept, 0 to 1, 1 when unset: every process keeps the same ones.
 */
export async function startTracing(service: "door" | "worker", source: Source): Promise<Tracing | null> {
  if (!source.OTEL_EXPORTER_OTLP_ENDPOINT && !source.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT) return null;
  const { openTracing } = await import("./otlp-tracing.ts");
  return openTracing(service, shareOf(source.OTEL_TRACES_SAMPLER_ARG));
}

function shareOf(text: string | undefined): number {
  const share = Number(text ?? 1);
  return Number.isFinite(share) ? Math.min(1, Math.max(0, share)) : 1;
}
