import { setTimeout as delay } from "node:timers/promises";
import type { Allowances, FaultBench } from "../contract.ts";
import { untilNothingMoves } from "../run/come-to-rest.ts";

/**
 * What a moved clock explains: some messages are not worth waiting so long for, and a call that was under way when somebody wrote
 * STOP arrives by the clock's new time.
 */
export const afterClockMoves: Allowances = { skipped: ["expired"], inFlightMs: 1_000 * 86_400_000 };

/** Far above what anybody gets: where hours are tested, the cap must not hide a message. */
const noCap = 1_000;

/** Sets quiet hours and puts everybody into a zone, in the database and in what the harness knows; `null`: the workspace's zone. */
export async function makeQuiet(
  { stack, world }: Pick<FaultBench, "stack" | "world">,
  hours: { from: string; to: string; zone: string },
  zoneOf: (index: number) => string | null,
): Promise<void> {
  world.capPerDay = noCap;
  await stack.query(
    "update workspace set quiet_from = $2, quiet_to = $3, timezone = $4, cap_per_day = $5 where id = $1",
    [world.workspaceId, hours.from, hours.to, hours.zone, noCap],
  );
  for (const [index, person] of world.people.entries()) {
    const zone = zoneOf(index);
    person.timezone = zone ?? hours.zone;
    await stack.query("update contact set timezone = $2 where id = $1", [person.contactId, zone]);
  }
}

/** Longer than any batch takes that read the clock before it was moved. */
const batchMs = 1_500;

/**
 * Moves the product's clock to a moment ("2027-03-28T00:30:00Z"), in steps of at most 300 days. Between two steps every worker gets
 * to see the first one: else an event of after both would ask one of before both to wait longer than the 365 days that a step may.
 */
export async function moveClockTo({ stack }: Pick<FaultBench, "stack">, iso: string): Promise<void> {
  const longest = 300 * 86_400;
  for (;;) {
    const seconds = Math.round((Date.parse(iso) - stack.now()) / 1000);
    if (seconds <= 0) return;
    await stack.moveClock(Math.min(seconds, longest));
    if (seconds > longest) await delay(batchMs);
  }
}

/**
 * Moves the clock over weeks while nothing is on its way: what was claimed or sent before such a leap would arrive, expire and be counted
 * after it, as happens under no clock. Then the load goes on.
 */
export async function leapTo(bench: Pick<FaultBench, "stack" | "load">, iso: string): Promise<void> {
  await bench.load.pause();
  await untilNothingMoves(bench.stack);
  await moveClockTo(bench, iso);
  bench.load.resume();
}

/** Waits until no message that rests at night is on its way: what was claimed before the clock was moved has arrived then. */
export const untilCalm = ({ stack }: Pick<FaultBench, "stack">): Promise<void> =>
  stack.until(
    "no service or marketing message is on its way",
    async () => (await stack.count("select count(*) as n from outbox where status = 'sending' and lane >= 2")) === 0,
    30_000,
  );
