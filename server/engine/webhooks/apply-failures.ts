import type pg from "pg";
import type { Log } from "#server/log.ts";
import { pauseChannels } from "../dispatch/settle-statements.ts";
import { query } from "../query.ts";
import type { StatusEvent } from "./apply-status.ts";
import type { Outcome } from "./apply-statuses.ts";
import type { HookPlace } from "./call-event.ts";
import { heedFailures, type PersonalFailure } from "./heed-failures.ts";
import { insertKeys } from "./inbound-statements.ts";

type Failures = {
  events: readonly StatusEvent[];
  /** What became of the message of each, from `applyStatuses`, which has locked them: none is locked after contacts. */
  outcomes: ReadonlyMap<StatusEvent, Outcome>;
  now: Date;
  log: Log;
};

/**
 * Failures that say more than that one message failed, each heeded once however often it is told: a locked account pauses the number, a
 * person who wants no marketing or cannot be reached is noted. Statuses come in any order: a message that has arrived all the same says
 * that its person can be reached, whether it is told before the failure or after it.
 */
export async function applyFailures(
  client: pg.ClientBase,
  place: HookPlace,
  { events, outcomes, now, log }: Failures,
): Promise<void> {
  // What is about a person is heeded when its message is known: an orphan tells it again when it is joined.
  const telling = events.filter(
    (event) => event.errorClass === "account" || (isPersonal(event) && outcomes.has(event)),
  );
  const reached = [...outcomes.values()].flatMap(({ contactId, before, status }) =>
    before === "failed" && hasArrived(status) ? [contactId] : [],
  );
  if (telling.length === 0 && reached.length === 0) return;
  const fresh = await withoutRepeats(client, place, telling);
  const failures = fresh.flatMap((event): PersonalFailure[] => {
    const outcome = outcomes.get(event);
    if (event.errorClass === "account" || !outcome) return [];
    if (event.isUnreachable && hasArrived(outcome.status)) return [];
    const { recipient, errorCode } = event;
    const why = event.isUnreachable ? "unreachable" : "consent";
    return [{ contactId: outcome.contactId, why, recipient, code: errorCode ?? 0, at: new Date(event.at) }];
  });
  await heedFailures(client, { workspaceId: place.workspaceId, failures, reached, now });
  await pauseNumber(client, place, { events: fresh, log });
}

const isPersonal = ({ errorClass, isUnreachable }: StatusEvent): boolean => isUnreachable || errorClass === "consent";

const hasArrived = (status: string): boolean => status === "delivered" || status === "read";

async function withoutRepeats(client: pg.ClientBase, { channelId }: HookPlace, events: readonly StatusEvent[]) {
  const keyOf = ({ wamid }: StatusEvent) => `failed:${wamid}`;
  if (events.length === 0) return [];
  const keys = [...new Set(events.map(keyOf))];
  const rows = await query<{ key: string }>(client, insertKeys, [channelId, keys]);
  const fresh = new Set(rows.map(({ key }) => key));
  return events.filter((event) => fresh.delete(keyOf(event)));
}

async function pauseNumber(
  client: pg.ClientBase,
  { channelId }: HookPlace,
  { events, log }: { events: readonly StatusEvent[]; log: Log },
): Promise<void> {
  const refusal = events.find(({ errorClass }) => errorClass === "account");
  if (!refusal) return;
  const reason = `${refusal.errorCode} ${refusal.errorDetail ?? ""}`.trim().slice(0, 300);
  const paused = await query(client, pauseChannels, [JSON.stringify([{ id: channelId, reason }])]);
  if (paused.length > 0) log.error({ channelId, reason }, "provider refuses the account: the number is paused");
}
