import { parsePhoneNumberFromString } from "libphonenumber-js/max";
import type { Pool } from "pg";
import { fingerprint } from "#server/secret.ts";

/** Who a key belongs to. `country` is that of the workspace's oldest channel: the default for phones without a country code. */
export type KeyHolder = {
  keyId: string;
  workspaceId: string;
  country: string | null;
  /** The key's own pace; null: the door's. */
  eventsPerSecond: number | null;
  /** What it may do beyond its kind: "flows:publish". */
  scopes: string[];
};

type Kind = "write" | "rest";
type Row = {
  id: string;
  workspace_id: string;
  events_per_second: number | null;
  scopes: string[];
  phone: string | null;
};
type Remembered = { holder: Promise<KeyHolder | null>; until: number };

/** A revoked key works nowhere a second later (OWASP ASVS 5.0, 8.3.2); within it a busy sender costs no look-up. */
const rememberedMs = 900;
const maxRemembered = 5_000;
const touchEveryMs = 60_000;

const findSql = `
select key.id, key.workspace_id, key.events_per_second, key.scopes, (select phone from channel where channel.workspace_id = key.workspace_id order by created_at limit 1) as phone
from access_key key where key.hash = $1 and key.kind = $2 and key.revoked_at is null`;

/** Looks keys up by fingerprint. Wrong keys are remembered too, so that guessing does not reach the database each time. */
export class AccessKeys {
  readonly #pool: Pool;
  readonly #onError: (error: unknown) => void;
  readonly #remembered = new Map<string, Remembered>();
  readonly #touched = new Map<string, number>();

  constructor(pool: Pool, onError: (error: unknown) => void) {
    this.#pool = pool;
    this.#onError = onError;
  }

  /** Null for a key that is unknown, revoked or of the other kind. Rejects when the database is away. */
  find(kind: Kind, key: string): Promise<KeyHolder | null> {
    const name = `${kind} ${key.length > 200 ? fingerprint(key) : key}`;
    const now = performance.now();
    const known = this.#remembered.get(name);
    if (known && known.until > now) return known.holder;
    if (this.#remembered.size >= maxRemembered) this.#remembered.clear();
    const holder = this.#lookUp(kind, key);
    this.#remembered.set(name, { holder, until: now + rememberedMs });
    holder.catch(() => this.#remembered.delete(name));
    return holder;
  }

  async #lookUp(kind: Kind, key: string): Promise<KeyHolder | null> {
    const { rows } = await this.#pool.query<Row>({
      name: "door-find-key",
      text: findSql,
      values: [fingerprint(key), kind],
    });
    const row = rows[0];
    if (!row) return null;
    this.#touch(row.id);
    const country = row.phone ? (parsePhoneNumberFromString(row.phone)?.country ?? null) : null;
    return {
      keyId: row.id,
      workspaceId: row.workspace_id,
      country,
      eventsPerSecond: row.events_per_second,
      scopes: row.scopes,
    };
  }

  /** "Last used" to the minute, beside the request: it must not cost or fail one. */
  #touch(keyId: string) {
    const now = performance.now();
    if (now - (this.#touched.get(keyId) ?? Number.NEGATIVE_INFINITY) < touchEveryMs) return;
    this.#touched.set(keyId, now);
    this.#pool.query("update access_key set last_used_at = now() where id = $1", [keyId]).catch(this.#onError);
  }
}
