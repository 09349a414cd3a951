import pino from "pino";

/**
 * One JSON line per entry on standard output. Entries carry ids, never phone numbers, names or amounts. Texts of errors are not ours
 * to promise that: what a library puts into them is taken out (`safeText`).
 */
export const createLog = (process: "web" | "door" | "worker" | "sandbox" | "start" | "backtest") =>
  pino({
    base: { process },
    level: globalThis.process.env.CHASQUI_LOG_LEVEL ?? "info",
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { error: safeValue, reason: safeValue, stack: safeValue, err: safeError },
  });

export type Log = ReturnType<typeof createLog>;

/**
 * An error's text without what may be a customer's: the values that drizzle appends to a failed query and Postgres and JSON.parse
 * quote, addresses, and runs of digits as long as a phone or a card number. Ids stay.
 */
export const safeText = (text: string): string =>
  text
    .replace(/\nparams: [\s\S]*$/, "")
    .replace(/(Unexpected (?:token|non-whitespace character|string|number)).*?(in|is not valid) JSON/gs, "$1 … $2 JSON")
    .replace(/: "(?:[^"]|"(?!\s|$))*"/gs, ': "…"')
    .replace(/[^\s"'<>(),;:]+@[^\s"'<>(),;:]+/g, "…@…")
    .replace(/(?<![\w-])\+?\d[\d .()-]{5,22}\d(?![\w-])/g, (run) =>
      run.replaceAll(/\D/g, "").length >= 8 ? "…" : run,
    );

const safeValue = (value: unknown): unknown => (typeof value === "string" ? safeText(value) : value);

function safeError(value: unknown): unknown {
  if (!(value instanceof Error)) return safeValue(value);
  return { type: value.name, message: safeText(value.message), stack: safeText(value.stack ?? "") };
}
