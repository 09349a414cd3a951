import type pg from "pg";
import type { Channel, Connection } from "#server/channels/channel.ts";
import { channelFor } from "#server/channels/index.ts";
import { openConnection } from "#server/channels/open-connection.ts";
import { query, type Statement } from "../query.ts";

/** A number as it stands now, opened. `connection` is null when its secrets cannot be opened with this key. */
export type OpenChannel = {
  id: string;
  workspaceId: string;
  status: "connected" | "paused";
  statusReason: string | null;
  /** The business portfolio whose limit of people per day holds for it; null: none, or none known. */
  portfolioId: string | null;
  channel: Channel;
  connection: Connection | null;
};

const readChannels: Statement = {
  name: "dispatch-channels",
  text: `
    select c.id, c.workspace_id, c.provider, c.base_url, c.phone_number_id, c.account_id, c.token_sealed, c.app_secret_sealed,
           c.verify_token_sealed, c.status, c.status_reason, c.marketing_endpoint, p.id as portfolio_id
    from channel c
    left join portfolio p on p.workspace_id = c.workspace_id and p.id = c.portfolio_id and p.people_per_day is not null
    where c.id = any($1::uuid[])`,
};

type Row = {
  id: string;
  workspace_id: string;
  provider: string;
  base_url: string;
  phone_number_id: string;
  account_id: string;
  token_sealed: string;
  app_secret_sealed: string;
  verify_token_sealed: string;
  status: "connected" | "paused";
  status_reason: string | null;
  marketing_endpoint: "fallback" | "strict" | null;
  portfolio_id: string | null;
};

/** Opens channels; an opened connection is kept as long as the sealed values stay the same. */
export class ChannelBook {
  readonly #secret: string;
  readonly #opened = new Map<string, { sealed: string; connection: Connection | null }>();

  constructor(secret: string) {
    this.#secret = secret;
  }

  async load(client: pg.ClientBase | pg.Pool, channelIds: string[]): Promise<Map<string, OpenChannel>> {
    const rows = await query<Row>(client, readChannels, [channelIds]);
    return new Map(rows.map((row) => [row.id, this.#open(row)]));
  }

  #open(row: Row): OpenChannel {
    return {
      id: row.id,
      workspaceId: row.workspace_id,
      status: row.status,
      statusReason: row.status_reason,
      portfolioId: row.portfolio_id,
      channel: channelFor(row.provider),
      connection: this.#connectionOf(row),
    };
  }

  #connectionOf(row: Row): Connection | null {
    const sealed = [
      row.base_url,
      row.phone_number_id,
      row.token_sealed,
      row.app_secret_sealed,
      row.marketing_endpoint,
    ].join(" ");
    const known = this.#opened.get(row.id);
    if (known?.sealed === sealed) return known.connection;
    const connection = this.#tryOpen(row);
    this.#opened.set(row.id, { sealed, connection });
    return connection;
  }

  #tryOpen(row: Row): Connection | null {
    try {
      return openConnection(this.#secret, {
        id: row.id,
        workspaceId: row.workspace_id,
        baseUrl: row.base_url,
        phoneNumberId: row.phone_number_id,
        accountId: row.account_id,
        tokenSealed: row.token_sealed,
        appSecretSealed: row.app_secret_sealed,
        verifyTokenSealed: row.verify_token_sealed,
        marketingEndpoint: row.marketing_endpoint,
      });
    } catch {
      return null;
    }
  }
}
