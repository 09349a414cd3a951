import type pg from "pg";
import { query, type Statement } from "../query.ts";

/** One message that wants to leave for one person by one number. */
export type PairRequest = { messageId: string; channelId: string; contactId: string; lane: number };

/** Behind: another message of this person is on its way. Until: the pair's rate allows the next one then (milliseconds from now). */
export type PairRefusal = { kind: "behind" } | { kind: "too-soon"; inMs: number };

/** One message in six seconds to one person; of Meta's burst of 45 one is left as room for how long messages travel. */
const pairSeconds = 6;
const pairBurst = 44;
/** As long as the lease of a claim: who dies with a message in hand does not silence its person for longer. */
const busySeconds = 30;

/** Marks pairs as busy and takes one from their leaky bucket, where both allow it: check and count are one step, under the row's lock. */
const admit: Statement = {
  name: "pair-admit",
  text: `
    insert into pair_pace as p (channel_id, contact_id, next_at, busy_until)
    select channel_id, contact_id, clock_timestamp() + interval '${pairSeconds} seconds', clock_timestamp() + interval '${busySeconds} seconds'
    from unnest($1::uuid[], $2::uuid[]) as x(channel_id, contact_id) order by 1, 2
    on conflict (channel_id, contact_id) do update
    set next_at = greatest(p.next_at, clock_timestamp()) + interval '${pairSeconds} seconds',
        busy_until = clock_timestamp() + interval '${busySeconds} seconds'
    where (p.busy_until is null or p.busy_until < clock_timestamp())
      and p.next_at <= clock_timestamp() + interval '${(pairBurst - 1) * pairSeconds} seconds'
    returning channel_id, contact_id`,
};

/** Why the others were refused: their rows are locked since `admit`, and this statement sees them as they are. */
const readRefused: Statement = {
  name: "pair-refused",
  text: `
    select p.channel_id, p.contact_id, p.busy_until > clock_timestamp() as is_busy,
           extract(epoch from p.next_at - clock_timestamp() - interval '${(pairBurst - 1) * pairSeconds} seconds') * 1000 as in_ms
    from pair_pace p join unnest($1::uuid[], $2::uuid[]) as x(channel_id, contact_id) using (channel_id, contact_id)`,
};

/**
 * An earlier message of the same person and lane goes first: one that will be tried again, that is behind itself, or that another
 * worker is claiming at this very moment and has locked, so that this claim passed over it. One that waits for its hours does not.
 * Asked person by person: as an `exists`, planned while the queue was short, it read all of the queue at each claim.
 */
const findLater: Statement = {
  name: "pair-later",
  text: `
    select o.message_id from outbox o
    where o.message_id = any($1::uuid[])
      and (
        select true from outbox h
        where h.status in ('queued', 'behind') and h.contact_id = o.contact_id and h.lane = o.lane and h.message_id < o.message_id
          and (h.holds_back or h.status = 'behind' or h.not_before <= $2) limit 1)`,
};

/** Gives back what a message took that does not leave after all. */
const giveBack: Statement = {
  name: "pair-give-back",
  text: `
    update pair_pace p set busy_until = null, next_at = p.next_at - interval '${pairSeconds} seconds'
    from unnest($1::uuid[], $2::uuid[]) as x(channel_id, contact_id)
    where p.channel_id = x.channel_id and p.contact_id = x.contact_id`,
};

const channelsOf = (requests: readonly PairRequest[]): string[] => requests.map(({ channelId }) => channelId);
const contactsOf = (requests: readonly PairRequest[]): string[] => requests.map(({ contactId }) => contactId);

const keyOf = (channelId: string, contactId: string): string => `${channelId} ${contactId}`;

/**
 * Takes the pair's leave for each message; answers those that may not leave now and why. Of several messages to one
 * person the first one leaves: they arrive in the order of their asking. Part of the claim's transaction.
 */
export async function admitPairs(
  client: pg.ClientBase,
  requests: readonly PairRequest[],
  now: Date,
): Promise<Map<string, PairRefusal>> {
  const refused = new Map<string, PairRefusal>();
  if (requests.length === 0) return refused;
  const first = new Map<string, PairRequest>();
  // By the order of asking, not by when each is due: what came back for another try is due later and still first.
  const inOrder = requests.toSorted((a, b) => a.lane - b.lane || (a.messageId < b.messageId ? -1 : 1));
  for (const request of inOrder) {
    const key = keyOf(request.channelId, request.contactId);
    if (first.has(key)) refused.set(request.messageId, { kind: "behind" });
    else first.set(key, request);
  }
  const asked = [...first.values()];
  const rows = await query<PairRow>(client, admit, [channelsOf(asked), contactsOf(asked)]);
  const admitted = new Set(rows.map((row) => keyOf(row.channel_id, row.contact_id)));
  const isAdmitted = (each: PairRequest) => admitted.has(keyOf(each.channelId, each.contactId));
  await explain(
    client,
    asked.filter((each) => !isAdmitted(each)),
    refused,
  );
  await sendBackLater(client, asked.filter(isAdmitted), { refused, now });
  return refused;
}

type PairRow = { channel_id: string; contact_id: string };

async function explain(client: pg.ClientBase, requests: readonly PairRequest[], refused: Map<string, PairRefusal>) {
  if (requests.length === 0) return;
  type Row = PairRow & { is_busy: boolean | null; in_ms: number };
  const rows = await query<Row>(client, readRefused, [channelsOf(requests), contactsOf(requests)]);
  const known = new Map(rows.map((row) => [keyOf(row.channel_id, row.contact_id), row]));
  for (const { messageId, channelId, contactId } of requests) {
    const row = known.get(keyOf(channelId, contactId));
    const isTooSoon = row && row.is_busy !== true;
    refused.set(messageId, isTooSoon ? { kind: "too-soon", inMs: Math.max(0, Number(row.in_ms)) } : { kind: "behind" });
  }
}

/**
 * Asked after the pairs are taken: an earlier message may have come back for another try a moment ago, and whoever settled it
 * cleared its pair in the same transaction, so it is seen here.
 */
async function sendBackLater(
  client: pg.ClientBase,
  requests: PairRequest[],
  { refused, now }: { refused: Map<string, PairRefusal>; now: Date },
) {
  if (requests.length === 0) return;
  const ids = requests.map(({ messageId }) => messageId);
  const later = new Set(
    (await query<{ message_id: string }>(client, findLater, [ids, now])).map(({ message_id: messageId }) => messageId),
  );
  await giveBackPairs(
    client,
    requests.filter(({ messageId }) => later.has(messageId)),
  );
  for (const messageId of later) refused.set(messageId, { kind: "behind" });
}

/** Undoes the leave of messages that something else has stopped, in the same transaction. */
export async function giveBackPairs(client: pg.ClientBase, requests: readonly PairRequest[]): Promise<void> {
  if (requests.length > 0) await query(client, giveBack, [channelsOf(requests), contactsOf(requests)]);
}
