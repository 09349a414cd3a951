import type pg from "pg";
import type { ChannelEvent } from "#server/channels/channel-event.ts";
import type { Log } from "#server/log.ts";
import { applyAccount } from "./apply-account.ts";
import { applyChanges } from "./apply-changes.ts";
import { applyFailures } from "./apply-failures.ts";
import { applyInbound } from "./apply-inbound.ts";
import { applyNewIds } from "./apply-new-ids.ts";
import { applyStatuses } from "./apply-statuses.ts";
import { applyTemplates } from "./apply-templates.ts";
import { type HookPlace, isKind } from "./call-event.ts";
import { lockSenders } from "./find-senders.ts";

type Facts = { events: readonly ChannelEvent[]; now: Date; log: Log };

/**
 * Applies the facts of a batch of calls; answers the signals made. Statuses first: a message that a status has just brought to a person
 * is one that they may answer. New ids before messages: who writes from a new number is known by it.
 */
export async function applyEvents(client: pg.ClientBase, place: HookPlace, facts: Facts): Promise<number> {
  const { events, now, log } = facts;
  const statuses = events.filter(isKind("status"));
  const { signals, outcomes } = await applyStatuses(client, place, statuses);
  const people = events.filter((event) => event.kind === "inbound" || event.kind === "preference");
  const moved = events.filter(isKind("new-ids"));
  if (moved.length > 0) {
    // All senders of the batch at once, as everybody locks them before contacts.
    const senders = people.map((event) => (event.kind === "inbound" ? event.from : event));
    await lockSenders(client, place.workspaceId, [
      ...senders,
      ...moved.flatMap(({ before, after }) => [before, after]),
    ]);
    await applyNewIds(client, place, { events: moved, now });
  }
  const replies = await applyInbound(client, place, { events: people, now });
  const changes = events.filter((event) => event.kind === "edit" || event.kind === "revoke");
  await applyChanges(client, place, changes);
  await applyTemplates(client, place, { events, now });
  await applyFailures(client, place, { events: statuses, outcomes, now, log });
  await applyAccount(client, place, { events, now, log });
  return signals + replies;
}
