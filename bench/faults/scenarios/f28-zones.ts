import { setTimeout as delay } from "node:timers/promises";
import { localClock } from "#flow/local-time.ts";
import { defineFault } from "../contract.ts";
import { countWaiting } from "../run/come-to-rest.ts";
import type { Person } from "../world/person.ts";
import { messagesThatRest } from "./events-and-messages.ts";
import { afterClockMoves, makeQuiet, moveClockTo, untilCalm } from "./quiet-world.ts";

/** Without changes of the clock, of half and three quarters of an hour, at both ends of the day's line; null: the workspace's. */
const zones = [
  "Asia/Kolkata",
  "Asia/Kathmandu",
  "Pacific/Tongatapu",
  "Pacific/Pago_Pago",
  "Australia/Eucla",
  "UTC",
  null,
];
const workspaceZone = "America/Bogota";
const newZone = "Asia/Tokyo";
const minute = 60_000;

const moves = new Map<Person, number>();

/** People all around the world, some without a zone and some who move while a message waits: everybody is let sleep where they are. */
export const manyZones = defineFault({
  id: "F28",
  title: "quiet hours in odd zones, without one, and moved while waiting",
  isTimed: true,
  allows: afterClockMoves,
  prepare: (bench) => {
    moves.clear();
    return makeQuiet(
      bench,
      { from: "21:00", to: "08:00", zone: workspaceZone },
      (index) => zones[index % zones.length] ?? null,
    );
  },
  inject: async (bench) => {
    const { stack, world, note } = bench;
    await stack.until("messages wait for the morning", async () => (await countWaiting(stack)) > 20, 30_000);
    // Tokyo has neither the hour of the zone they leave nor its morning.
    for (const person of world.people.filter((_, index) => index % 5 === 0)) {
      await stack.query("update contact set timezone = $2 where id = $1", [person.contactId, newZone]);
      moves.set(person, stack.now());
    }
    note("moved", moves.size);
    const anHourLater = async () => {
      await untilCalm(bench);
      await moveClockTo(bench, new Date(stack.now() + 60 * minute).toISOString());
      await delay(350);
    };
    for (let hours = 0; hours < 26; hours += 1) await anHourLater();
    await stack.query("update workspace set quiet_from = '00:00', quiet_to = '00:00' where id = $1", [
      world.workspaceId,
    ]);
    for (let hours = 0; hours < 26 && (await countWaiting(stack)) > 0; hours += 1) await anHourLater();
  },
  expect: async ({ stack, world }, facts) => {
    const rows = await stack.query<{ id: string; seen: string; needed: string }>(
      `select m.id, c->>'seen' as seen, c->>'needed' as needed from message m cross join jsonb_array_elements(m.checks) c
       where m.workspace_id = $1 and c->>'check' = 'hours'`,
      [world.workspaceId],
    );
    const checks = new Map(rows.map((row) => [row.id, row]));
    const asleep = messagesThatRest(facts).filter(({ person, message }) => {
      const check = checks.get(message.ourId);
      if (!check?.needed.startsWith("not ")) return false;
      const movedAt = moves.get(person);
      // What was claimed while the person moved is anybody's.
      if (movedAt !== undefined && Math.abs(message.at - movedAt) < 5_000) return false;
      const zone = movedAt !== undefined && message.at > movedAt ? newZone : person.timezone;
      if (isAwake(localClock(message.at, zone).time)) return false;
      // We moved the clock by an hour between the gate and the call: then the gate's own moment counts.
      const before = localClock(message.at - 60 * minute, zone).time;
      return !(
        isAwake(before) &&
        check.seen === `${check.seen.slice(0, 5)} ${zone}` &&
        isAwake(check.seen.slice(0, 5))
      );
    });
    return asleep.length === 0
      ? []
      : [`${asleep.length} people were woken at night, such as by ${asleep[0]?.message.ourId}`];
  },
});

const isAwake = (time: string): boolean => time >= "08:00" && time < "21:00";
