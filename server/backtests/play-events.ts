import type pg from "pg";
import type { Replay } from "#flow/backtest/replay.ts";
import { runEventName } from "#flow/run-event.ts";
import { identified } from "./facts-at.ts";
import { countEvents, readEvents, type StoredEvent } from "./read-events.ts";
import { type HistoryScope, readHistories } from "./read-histories.ts";

export type PlayOptions = {
  pool: pg.Pool;
  scope: HistoryScope;
  /** Events that any of the replayed flows names. */
  names: readonly string[];
  /** Called after each page; answers whether to go on. */
  onProgress?: (progress: { read: number; total: number }) => Promise<boolean>;
};

/** So many people are asked about at once. */
const peoplePerRead = 1_000;

/** Plays the stored events of a span, in the order in which they came, into some replays. Answers how many; null when it was stopped. */
export async function playEvents(
  replays: readonly Replay[],
  { pool, scope, names: named, onProgress }: PlayOptions,
): Promise<number | null> {
  // Who came in because a step of another flow brought them.
  const names = [...named, runEventName];
  const { workspaceId, since, until } = scope;
  const span = { workspaceId, since, until, names };
  const total = await countEvents(pool, span);
  const heard = new Set(names);
  let read = 0;
  if (onProgress && !(await onProgress({ read, total }))) return null;
  for await (const page of readEvents(pool, span)) {
    for (let from = 0; from < page.length; from += peoplePerRead) {
      const part = page.slice(from, from + peoplePerRead);
      await playPart(replays, part, { pool, scope, heard });
      read += part.length;
    }
    if (onProgress && !(await onProgress({ read, total: Math.max(read, total) }))) return null;
  }
  return read;
}

type Around = { pool: pg.Pool; scope: HistoryScope; heard: ReadonlySet<string> };

async function playPart(replays: readonly Replay[], events: readonly StoredEvent[], { pool, scope, heard }: Around) {
  const wanted = events.filter(
    (event) => heard.has(event.name) && replays.some((replay) => replay.concerns(event.contactId, event)),
  );
  const ids = [...new Set(wanted.map(({ contactId }) => contactId))];
  const histories = ids.length === 0 ? null : await readHistories(pool, ids, scope);
  for (const { contactId, isIdentify, id, name, properties, at, receivedAt } of events) {
    for (const replay of replays) {
      if (isIdentify) replay.change(contactId, receivedAt, (facts) => identified(facts, properties));
      if (heard.has(name) && replay.concerns(contactId, { name, properties }))
        replay.hear(
          contactId,
          { id, name, properties, at },
          receivedAt,
          () => histories?.at(contactId, receivedAt) ?? null,
        );
    }
  }
}
