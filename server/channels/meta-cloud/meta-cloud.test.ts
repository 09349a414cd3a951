import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { JsonObject } from "#flow/json.ts";
import { type InboundContent, receive } from "../../sandbox/control/inbound.ts";
import { signedBody } from "../../sandbox/delivery/webhook-body.ts";
import { sandboxIdentity } from "../../sandbox/identity.ts";
import { type RunningSandbox, startSandbox } from "../../sandbox/server.ts";
import { type ContractSubject, describeChannel, type Provocation } from "../channel.contract.ts";
import type { RefusalClass } from "../channel.ts";
import { metaCloud } from "./meta-cloud.ts";

const identity = sandboxIdentity("5".repeat(64));

/** A code of each class (contract section 14). */
const codes: Record<RefusalClass, number> = {
  transient: 131016,
  throttle: 130429,
  pair: 131056,
  cap: 131049,
  consent: 131050,
  window: 131047,
  recipient: 131026,
  template: 132001,
  stopped: 132015,
  account: 131031,
  bug: 131009,
};

const modes = {
  connection: "accept-then-drop",
  answer: "accept-then-timeout",
  page: "accept-then-html",
  id: "accept-without-id",
  gateway: "accept-then-500",
  error: "accept-then-error",
} as const;

describeChannel("meta-cloud", async () => {
  const home = await mkdtemp(path.join(tmpdir(), "chasqui-channel-"));
  const running = await startSandbox({ host: "127.0.0.1", port: 0, home, identity, seed: "test" });
  const connection = { channelId: "channel", baseUrl: running.url, ...identity };
  await metaCloud.submitTemplate(connection, {
    name: "contract_reminder",
    category: "utility",
    samples: { first_name: "Zoé" },
    linkBase: "https://example.com/r/",
    content: {
      language: "en",
      header: null,
      body: "Hello {{first_name}}, please send us your papers.",
      footer: null,
      buttons: [
        { kind: "quick-reply", id: "help", text: "Help" },
        { kind: "link", id: "upload", text: "Upload" },
      ],
    },
  });
  return {
    channel: metaCloud,
    connection,
    phone: "+33612345678",
    template: {
      kind: "template",
      name: "contract_reminder",
      language: "en",
      header: null,
      body: { first_name: "Zoé\nde Ré" },
      buttons: [
        { index: 0, kind: "quick-reply", value: "help" },
        { index: 1, kind: "link", value: "code" },
      ],
    },
    refusals: Object.keys(codes) as RefusalClass[],
    provoke: async (provocation: Provocation) => plant(running, provocation),
    statusCall,
    receive: async (from, node) => (await receive(running.sandbox, from, node as InboundContent)).wamid,
    mixedCall,
    taken: async () => running.sandbox.world.log.map(({ wamid, ref }) => ({ wamid, ref: ref ?? null })),
    close: async () => {
      await running.close();
      await rm(home, { recursive: true });
    },
  } satisfies ContractSubject;
});

function plant({ sandbox }: RunningSandbox, provocation: Provocation): void {
  const isRefusal = "refusal" in provocation;
  sandbox.faults.plant({
    match: {},
    count: 1,
    code: isRefusal ? codes[provocation.refusal] : 1,
    mode: isRefusal ? "sync" : modes[provocation.lost],
  });
}

const envelope = (...changes: JsonObject[]): JsonObject => ({
  object: "whatsapp_business_account",
  entry: [{ id: identity.accountId, changes }],
});

const metadata = { display_phone_number: "15550000001", phone_number_id: identity.phoneNumberId };

function mixedCall(): Buffer {
  const at = "1795351451";
  const from = "33612345678";
  const messages: JsonObject[] = [
    { from, id: "wamid.1", timestamp: at, type: "text", text: { body: "Hi" } },
    { from, id: "wamid.2", type: "text" },
    {
      from,
      id: "wamid.3",
      timestamp: at,
      type: "system",
      system: { type: "user_changed_number", wa_id: "33699999999" },
    },
  ];
  const template = {
    event: "APPROVED",
    message_template_id: 1,
    message_template_name: "a",
    message_template_language: "en",
  };
  const user_preferences = [{ wa_id: from, value: "stop", timestamp: Number(at) }];
  const changes: JsonObject[] = [
    { field: "messages", value: { metadata, messages, statuses: [{ id: "wamid.4", status: "sent", timestamp: at }] } },
    { field: "message_template_status_update", value: template },
    { field: "user_preferences", value: { metadata, user_preferences } },
    { field: "business_capability_update", value: { max_daily_conversations_per_business: 2000 } },
    { field: "a_field_to_come", value: {} },
  ];
  return Buffer.from(JSON.stringify(envelope(...changes)));
}

function statusCall(wamid: string, ref: string) {
  const status = {
    id: wamid,
    status: "delivered",
    timestamp: "1795351451",
    recipient_id: "33612345678",
    biz_opaque_callback_data: ref,
  };
  const value = {
    messaging_product: "whatsapp",
    metadata,
    contacts: [{ profile: { name: "Zoé / Ré" }, wa_id: "33612345678" }],
    statuses: [status],
  };
  const { bytes, signature } = signedBody(envelope({ field: "messages", value }), identity.appSecret);
  return { rawBody: bytes, headers: { "x-hub-signature-256": signature } };
}
