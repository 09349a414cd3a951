import { subscribe } from "node:diagnostics_channel";
import { z } from "zod";

/** Where a worker can die between claim and settlement, in the order of its way. */
export const crashPoints = [
  "before-batch-commit",
  "after-batch-commit",
  "before-claim-commit",
  "after-claim",
  "after-http-write",
  "after-response-before-commit",
  "after-commit",
] as const;

export type CrashPoint = (typeof crashPoints)[number];

const Armed = z.tuple([z.enum(crashPoints), z.coerce.number().int().min(1)]);

const armed = readArmed(globalThis.process.env.CHASQUI_CRASH_AT);
let passings = 0;

/**
 * For fault tests: with CHASQUI_CRASH_AT=<point>[:n] this process kills itself by SIGKILL at the n-th passing of that point, as
 * if the machine had lost its power there. Does nothing when the variable is not set.
 */
export function crashPoint(point: CrashPoint): void {
  if (armed?.point !== point) return;
  passings += 1;
  if (passings >= armed.passing) globalThis.process.kill(globalThis.process.pid, "SIGKILL");
}

function readArmed(text: string | undefined): { point: CrashPoint; passing: number } | null {
  if (!text) return null;
  const [name, count = "1"] = text.split(":");
  const [point, passing] = Armed.parse([name, count]);
  // Only the HTTP client knows when the last byte of a message has gone to the socket and no answer is there yet.
  if (point === "after-http-write") subscribe("undici:request:bodySent", onBodySent);
  return { point, passing };
}

function onBodySent(news: unknown): void {
  const { request } = z.object({ request: z.object({ path: z.string() }) }).parse(news);
  if (request.path.endsWith("/messages")) crashPoint("after-http-write");
}
