import { createHash } from "node:crypto";
import type { Pool } from "pg";
import { DomainError } from "#server/errors.ts";
import { eventLimits } from "../ingest/limits.ts";

/** One call as it is recognised again: `route` is "POST /v1/events", `bodyHash` covers the address and the body. */
export type KeyedCall = { workspaceId: string; route: string; key: string; bodyHash: string };

/** An answer as it went out, byte for byte. */
export type KeptAnswer = { status: number; text: string };

/** `callId` is the same for every try of one call, also when the process that began it died. */
export type Claim = { callId: string } | { kept: KeptAnswer };

const keptFor = "7 days";
/** Longer than any statement may take: who has not answered by then is dead. */
const leaseFor = "60 seconds";

/**
 * Takes the key, or a key whose time is over, or one whose first call died. `created_at` stays in the last case: it is the
 * same call still.
 */
const claimSql = `
insert into idempotency_key as known (workspace_id, route, key, body_hash, lease_until)
values ($1, $2, $3, $4, now() + interval '${leaseFor}')
on conflict (workspace_id, route, key) do update set
  body_hash = excluded.body_hash, lease_until = excluded.lease_until, status = null, answer = null,
  created_at = case when known.created_at < now() - interval '${keptFor}' then now() else known.created_at end
where known.created_at < now() - interval '${keptFor}'
  or (known.status is null and known.lease_until < now() and known.body_hash = excluded.body_hash)
returning created_at`;

const findSql = `
select body_hash, status, answer from idempotency_key where workspace_id = $1 and route = $2 and key = $3`;

const keepSql = `
update idempotency_key set status = $4, answer = $5 where workspace_id = $1 and route = $2 and key = $3 and status is null`;

const freeSql = "delete from idempotency_key where workspace_id = $1 and route = $2 and key = $3 and status is null";

type Row = { body_hash: string; status: number | null; answer: string | null };

/** The key of a header. Throws bad-input for one that is empty or too long. */
export function readIdempotencyKey(header: string | string[] | undefined): string | null {
  if (header === undefined) return null;
  const key = String(header);
  if (key.length >= 1 && key.length <= eventLimits.idempotencyKeyLength) return key;
  throw new DomainError("bad-input", "An Idempotency-Key has 1 to 255 characters.", {
    reason: "invalid-idempotency-key",
  });
}

export const hashOf = (address: string, body: Uint8Array): string =>
  createHash("sha256").update(`${address}\n`).update(body).digest("hex");

/**
 * Claims the key for this call, or answers what the first call with it was told. Throws refused when the key was used for another
 * body, and conflict while the first call is under way.
 */
export async function claimKey(pool: Pool, call: KeyedCall): Promise<Claim> {
  const place = [call.workspaceId, call.route, call.key];
  const { rows } = await pool.query<{ created_at: Date }>({
    name: "door-claim-key",
    text: claimSql,
    values: [...place, call.bodyHash],
  });
  const [mine] = rows;
  if (mine) return { callId: callIdOf(call, mine.created_at) };
  const { rows: found } = await pool.query<Row>({ name: "door-find-answer", text: findSql, values: place });
  const [known] = found;
  if (known && known.body_hash !== call.bodyHash) {
    throw new DomainError("refused", "This Idempotency-Key was used for another body. Take a new key for a new call.", {
      reason: "idempotency-key-reused",
    });
  }
  if (known?.status != null) return { kept: { status: known.status, text: known.answer ?? "" } };
  throw new DomainError("conflict", "The first call with this Idempotency-Key is still under way.", {
    reason: "idempotency-key-in-use",
    retryAfterSeconds: 1,
  });
}

export async function keepAnswer(pool: Pool, call: KeyedCall, { status, text }: KeptAnswer): Promise<void> {
  const values = [call.workspaceId, call.route, call.key, status, text];
  await pool.query({ name: "door-keep-answer", text: keepSql, values });
}

/** Gives the key back: nothing was done, or it may be tried again. */
export async function freeKey(pool: Pool, { workspaceId, route, key }: KeyedCall): Promise<void> {
  await pool.query({ name: "door-free-key", text: freeSql, values: [workspaceId, route, key] });
}

const callIdOf = ({ workspaceId, route, key }: KeyedCall, since: Date): string =>
  createHash("sha256").update([workspaceId, route, key, since.toISOString()].join("\n")).digest("hex").slice(0, 32);
