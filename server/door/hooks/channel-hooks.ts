import { eq } from "drizzle-orm";
import { validate as isUuid } from "uuid";
import type { Database } from "#db/client.ts";
import { channel } from "#db/schema/index.ts";
import type { Connection } from "#server/channels/channel.ts";
import { openConnection } from "#server/channels/open-connection.ts";
import { isSameSecret } from "#server/secret.ts";

export type OpenChannel = { workspaceId: string; hookToken: string; connection: Connection };

const rememberedMs = 5_000;
const maxRemembered = 1_000;

/** Channels by their webhook address, opened and kept for some seconds: webhooks come at three times the sending rate. */
export class ChannelHooks {
  readonly #db: Database;
  readonly #secret: string;
  readonly #remembered = new Map<string, { channel: Promise<OpenChannel | null>; until: number }>();

  constructor(db: Database, secret: string) {
    this.#db = db;
    this.#secret = secret;
  }

  /** Null when there is no such channel or the token in the address is not its own: both look the same from outside. */
  async find(channelId: string, hookToken: string): Promise<OpenChannel | null> {
    const found = isUuid(channelId) ? await this.#remember(channelId) : null;
    return found && isSameSecret(found.hookToken, hookToken) ? found : null;
  }

  #remember(channelId: string): Promise<OpenChannel | null> {
    const now = performance.now();
    const known = this.#remembered.get(channelId);
    if (known && known.until > now) return known.channel;
    if (this.#remembered.size >= maxRemembered) this.#remembered.clear();
    const opened = this.#open(channelId);
    this.#remembered.set(channelId, { channel: opened, until: now + rememberedMs });
    opened.catch(() => this.#remembered.delete(channelId));
    return opened;
  }

  async #open(channelId: string): Promise<OpenChannel | null> {
    const [row] = await this.#db.select().from(channel).where(eq(channel.id, channelId));
    return row
      ? { workspaceId: row.workspaceId, hookToken: row.hookToken, connection: openConnection(this.#secret, row) }
      : null;
  }
}
