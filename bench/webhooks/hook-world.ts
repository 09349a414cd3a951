import { createHmac } from "node:crypto";
import { SampleWorld, sampleHookToken } from "#server/engine/sample-world.ts";
import { newId } from "#server/id.ts";
import type { OwnDatabase } from "../own-database.ts";

const appSecret = "bench-app-secret";
const identity = { phoneNumberId: "111", accountId: "222", token: "t", appSecret, verifyToken: "v" };

/** Messages of one number that the provider has accepted, and the provider's calls about them. */
export class HookWorld {
  readonly world: SampleWorld;
  readonly path: string;
  readonly #database: OwnDatabase;
  #messages: { id: string; wamid: string }[] = [];
  #next = 0;
  #inbound = 0;

  private constructor(database: OwnDatabase, world: SampleWorld) {
    this.#database = database;
    this.world = world;
    this.path = `/hooks/meta/${world.channelId}/${sampleHookToken}`;
  }

  /** `others`: messages that are there already, as in a database that has grown. */
  static async build(database: OwnDatabase, others: number): Promise<HookWorld> {
    const world = new SampleWorld(database);
    await world.build({ identity });
    const hooks = new HookWorld(database, world);
    await hooks.#insertContacts();
    await hooks.#insertMessages(others, "read");
    await database.pool.query("vacuum analyze");
    return hooks;
  }

  /** Makes fresh messages, so that each status of the next calls moves one. */
  async prepare(calls: number): Promise<void> {
    this.#messages = await this.#insertMessages(Math.ceil(calls / 3), "sent");
    this.#next = 0;
  }

  /** The next call, signed: sent, delivered and read of each message in turn; one call in `inboundEvery` is a text of a person. */
  nextCall(inboundEvery: number): Buffer {
    this.#next += 1;
    const body = this.#next % inboundEvery === 0 ? this.#text() : this.#status();
    const signature = createHmac("sha256", appSecret).update(body).digest("hex");
    return Buffer.from(
      `POST ${this.path} HTTP/1.1\r\nhost: door\r\ncontent-type: application/json\r\nx-hub-signature-256: sha256=${signature}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    );
  }

  /** Puts so many statuses into the store as if the door had taken them long ago. */
  async insertBacklog(calls: number): Promise<void> {
    await this.prepare(calls);
    const rows = Array.from({ length: calls }, () => {
      this.#next += 1;
      return Buffer.from(this.#status());
    });
    const { workspaceId, channelId } = this.world;
    for (let from = 0; from < rows.length; from += 5_000) {
      const part = rows.slice(from, from + 5_000);
      await this.#database.pool.query(
        `insert into raw_webhook (id, received_at, workspace_id, channel_id, body)
         select x.id, now() - interval '1 hour' + x.n * interval '1 millisecond', $1, $2, x.body
         from unnest($3::uuid[], $4::bytea[]) with ordinality as x(id, body, n)`,
        [workspaceId, channelId, part.map(() => newId()), part],
      );
    }
  }

  async openCalls(): Promise<number> {
    const { rows } = await this.#database.pool.query<{ n: number }>(
      "select count(*)::integer as n from raw_webhook where processed_at is null",
    );
    return rows[0]?.n ?? 0;
  }

  #status(): string {
    const turn = Math.floor(this.#next / 3) % Math.max(1, this.#messages.length);
    const message = this.#messages[turn] ?? { id: newId(), wamid: `wamid.${this.#next}` };
    const status = ["sent", "delivered", "read"][this.#next % 3] ?? "sent";
    const timestamp = String(Math.floor(Date.now() / 1000));
    const pricing = { billable: true, pricing_model: "PMP", type: "regular", category: "utility" };
    const item = {
      id: message.wamid,
      status,
      timestamp,
      recipient_id: "14155551001",
      biz_opaque_callback_data: message.id,
    };
    return envelope({ statuses: [{ ...item, ...(status === "read" ? {} : { pricing }) }] });
  }

  #text(): string {
    this.#inbound += 1;
    const from = `1415${String(5_000_000 + (this.#inbound % people))}`;
    const contacts = [{ profile: { name: "Ana" }, wa_id: from }];
    const timestamp = String(Math.floor(Date.now() / 1000));
    const message = { from, id: `wamid.in.${newId()}`, timestamp, type: "text", text: { body: "What is my balance?" } };
    return envelope({ contacts, messages: [message] });
  }

  async #insertContacts(): Promise<void> {
    await this.#database.pool.query(
      `insert into contact (id, workspace_id, shard, phone, wa_id, first_name)
       select gen_random_uuid(), $1, 0, '+1415' || (5000000 + n), '1415' || (5000000 + n), 'Ana' from generate_series(0, $2) n`,
      [this.world.workspaceId, people - 1],
    );
  }

  async #insertMessages(count: number, status: string): Promise<{ id: string; wamid: string }[]> {
    const { workspaceId, channelId } = this.world;
    const { rows } = await this.#database.pool.query<{ id: string; wamid: string }>(
      `insert into message (id, workspace_id, shard, contact_id, channel_id, direction, enrollment_id, visit, purpose, type, content, status,
                            checks, wamid, created_at, sent_at)
       select uuidv7(), $1, 0, c.id, $2, 'outbound', gen_random_uuid(), 1, 'service', 'template', $5, $3,
              $6, 'wamid.' || gen_random_uuid(), now(), now()
       from (select id, row_number() over () - 1 as n from contact where workspace_id = $1) c
       join generate_series(0, $4 - 1) g on g % ${people} = c.n
       returning id, wamid`,
      [workspaceId, channelId, status, count, JSON.stringify(content), JSON.stringify(checks)],
    );
    return rows;
  }
}

const people = 20_000;
const content = {
  header: null,
  body: "Hello Ana, your payment of 105,000 has arrived. ".repeat(4),
  footer: null,
  buttons: [],
};
/** As wide as the gate's real verdicts: what a row weighs is part of the price of changing it. */
const checks = Array.from({ length: 10 }, (_, index) => ({
  check: `check-${index}`,
  verdict: "yes",
  saw: "something",
}));

function envelope(value: object): string {
  const metadata = { display_phone_number: "15550001111", phone_number_id: "111" };
  const change = { field: "messages", value: { messaging_product: "whatsapp", metadata, ...value } };
  return JSON.stringify({ object: "whatsapp_business_account", entry: [{ id: "222", changes: [change] }] });
}
