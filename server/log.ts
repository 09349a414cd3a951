import pino from "pino";

/** One JSON line per entry on standard output. Entries carry ids, never phone numbers, names or amounts. */
export const createLog = (process: "web" | "door" | "worker" | "sandbox" | "start") =>
  pino({
    base: { process },
    level: globalThis.process.env.CHASQUI_LOG_LEVEL ?? "info",
    timestamp: pino.stdTimeFunctions.isoTime,
  });

export type Log = ReturnType<typeof createLog>;
