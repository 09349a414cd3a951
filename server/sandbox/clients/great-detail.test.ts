import type { IncomingMessage } from "node:http";
import GreatDetail, {
  type CreateTemplateComponent,
  experimental,
  MessageType,
  type WebhookEventNotificationChange,
} from "@great-detail/whatsapp";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { aSandbox, identity } from "../sandbox.fixture.ts";
import { aWebhookServer, haste, kept, patience, person, png, quiet, readText, shows, to } from "./client.fixture.ts";
import { at, byId, byInteraction, byTemplate, plain } from "./great-detail-messages.fixture.ts";
import { saidByPeople } from "./said-by-people.fixture.ts";
import { aTemplate, submitTemplates } from "./templates.fixture.ts";
import { saying, toldOfAccounts } from "./told-of-accounts.fixture.ts";

const { phoneNumberId, accountId } = identity;
const phoneNumberID = phoneNumberId;
const headers = { Authorization: `Bearer ${identity.token}` };

let sandbox: Awaited<ReturnType<typeof aSandbox>>;
let server: Awaited<ReturnType<typeof aWebhookServer>>;
let client: GreatDetail;
let inboundWamid = "";
const heard: { changes: WebhookEventNotificationChange[]; isSpoiltSigned: boolean }[] = [];

beforeAll(async () => {
  sandbox = await aSandbox();
  // Without the slash this client forgets the version, which Graph allows (section 1).
  client = new GreatDetail({ baseUrl: sandbox.url, graphVersion: "v25.0/", request: { headers } });
  server = await aWebhookServer(answer);
  await sandbox.control.subscribe(server.url);
  await sandbox.control.call("POST", "schedule", haste);
  inboundWamid = ((await sandbox.control.say(to, "Hello")) as { wamid: string }).wamid;
  await submitTemplates(sandbox);
});
afterAll(async () => {
  server.close();
  await sandbox.remove();
});
beforeEach(async () => {
  await quiet(sandbox);
  heard.length = 0;
});

/** A webhook server around what the client has for one; it throws for a signature it does not find right, which is a 500. */
async function answer(request: IncomingMessage) {
  const url = new URL(request.url ?? "/", server?.url ?? "http://hook");
  const method = request.method ?? "";
  const query = Object.fromEntries(url.searchParams);
  if (method === "GET") {
    const asked = await client.webhook.register({ method, query, headers: {} });
    return asked.verifyToken === identity.verifyToken ? { status: 200, body: asked.accept() } : { status: 403 };
  }
  const signature = { "x-hub-signature-256": String(request.headers["x-hub-signature-256"]) };
  const body = await readText(request);
  const event = await client.webhook.eventNotification({ method, query, body, headers: signature });
  await event.verifySignature(identity.appSecret);
  const isSpoiltSigned = await event.checkSignature("another");
  heard.push({ changes: event.eventNotification.entry.flatMap((entry) => entry.changes), isSpoiltSigned });
  return { status: 200 };
}

const changes = () => heard.flatMap((call) => call.changes);
// The client's types have calls without a value.
const values = () => changes().flatMap((change) => ("value" in change ? [change.value] : []));
const said = () => values().flatMap((value) => ("messages" in value ? (value.messages ?? []) : []));
const statusesOf = (wamid: string | undefined) =>
  values()
    .flatMap((value) => ("statuses" in value ? (value.statuses ?? []) : []))
    .filter(({ id }) => id === wamid);

async function upload(mimeType: string): Promise<string> {
  const file = new Blob([png], { type: mimeType });
  return (await client.media.upload({ phoneNumberID, file, filename: "a", mimeType }).json()).id;
}

describe("the client sends", () => {
  test.each([...plain, ...byInteraction])("%s", async (_, make, inLedger) => {
    const answer = await client.message.createMessage(make(inboundWamid)).json();
    expect(answer.contacts).toEqual([{ input: to, wa_id: person }]);
    expect(kept(sandbox, answer.messages[0]?.id)).toMatchObject({ waId: person, direction: "outbound", ...inLedger });
    expect(kept(sandbox, answer.messages[0]?.id).failsWith).toBeUndefined();
  });

  test.each(byId)("%s by id", async (kind, mimeType, make) => {
    const mediaId = await upload(mimeType);
    const answer = await client.message.createMessage(make(mediaId)).json();
    expect(kept(sandbox, answer.messages[0]?.id)).toMatchObject(shows(kind, { mediaId }));
    expect(kept(sandbox, answer.messages[0]?.id).failsWith).toBeUndefined();
  });

  test.each(byTemplate)("a template with %s", async (_, make, inLedger) => {
    const answer = await client.message.createMessage(make(inboundWamid)).json();
    expect(answer.messages[0]?.message_status).toBe("accepted");
    expect(kept(sandbox, answer.messages[0]?.id)).toMatchObject({ type: "template", ...inLedger });
  });

  test("a text to a person named by user id", async () => {
    const { bsuid } = sandbox.sandbox.world.userOf(person);
    const message = { phoneNumberID, recipient: bsuid, type: MessageType.Text, text: { body: "Hi" } } as const;
    const answer = await client.message.createMessage(message).json();
    expect(answer.contacts).toEqual([{ input: bsuid, user_id: bsuid }]);
    await vi.waitFor(() => expect(statusesOf(answer.messages[0]?.id)).toHaveLength(3), patience);
    for (const status of statusesOf(answer.messages[0]?.id)) {
      expect(status.recipient_user_id).toBe(bsuid);
      expect(status.recipient_id).toBeUndefined();
    }
  });

  test("nothing Meta refuses: it throws, with Meta's answer", async () => {
    const message = { ...at, type: MessageType.Text, text: { body: "x".repeat(4097) } } as const;
    await expect(client.message.createMessage(message).json()).rejects.toMatchObject({
      response: { status: 400 },
      data: { error: { code: 100, type: "OAuthException" } },
    });
  });
});

test("the client marks a message as read and shows that somebody is typing", async () => {
  const { wamid } = (await sandbox.control.say(to, "Anybody?")) as { wamid: string };
  const status = { phoneNumberID, message_id: wamid, status: "read", typing_indicator: { type: "text" } } as const;
  expect(await client.message.createStatus(status).json()).toEqual({ success: true });
  expect(kept(sandbox, wamid).status).toBe("read");
  expect(sandbox.sandbox.world.typingUntil.get(person)).toBeGreaterThan(sandbox.sandbox.clock.now());
});

test("the client uploads a file, finds it, downloads it and deletes it", async () => {
  const mediaID = await upload("image/png");
  const found = await client.media.getURL({ mediaID, phoneNumberID }).json();
  expect(found).toMatchObject({ id: mediaID, messaging_product: "whatsapp", mime_type: "image/png" });
  // The client asks for bytes without the token, which Meta wants (section 2), so it is given here.
  const file = await client.media.download({ mediaURL: found.url, request: { headers } });
  expect(Buffer.from(await file.arrayBuffer())).toEqual(png);
  expect(await client.media.delete({ mediaID, phoneNumberID }).json()).toEqual({ success: true });
  await expect(client.media.getURL({ mediaID }).json()).rejects.toMatchObject({ data: { error: { code: 100 } } });
});

const headerHandle = { header_handle: ["4::x"] as [string] };
const made: [
  kind: string,
  category: "UTILITY" | "MARKETING" | "AUTHENTICATION",
  components: CreateTemplateComponent[],
][] = [
  ["a text header", "UTILITY", [{ type: "HEADER", format: "TEXT", text: "Hello" }]],
  ["an image", "UTILITY", [{ type: "HEADER", format: "IMAGE", example: headerHandle }]],
  ["a video", "UTILITY", [{ type: "HEADER", format: "VIDEO", example: headerHandle }]],
  ["a document", "UTILITY", [{ type: "HEADER", format: "DOCUMENT", example: headerHandle }]],
  ["a place", "UTILITY", [{ type: "HEADER", format: "LOCATION" }]],
  ["a footer", "UTILITY", [{ type: "FOOTER", text: "Your bank" }]],
  [
    "replies, a link and a number",
    "UTILITY",
    [
      {
        type: "BUTTONS",
        buttons: [
          { type: "QUICK_REPLY", text: "Yes" },
          { type: "URL", text: "See", url: "https://b.test/{{1}}", example: ["x"] },
          { type: "PHONE_NUMBER", text: "Call", phone_number: "+33140000000" },
        ],
      },
    ],
  ],
  [
    "a code to copy",
    "MARKETING",
    [{ type: "BUTTONS", buttons: [{ type: "COPY_CODE", text: "Copy", example: "LOAN2" }] }],
  ],
  [
    "a flow",
    "UTILITY",
    [{ type: "BUTTONS", buttons: [{ type: "FLOW", text: "Open", flow_name: "kyc", navigate_screen: "START" }] }],
  ],
  [
    "products",
    "MARKETING",
    [
      { type: "HEADER", format: "TEXT", text: "Ours" },
      { type: "BUTTONS", buttons: [{ type: "MPM", text: "View items" }] },
    ],
  ],
];

describe("the client's templates", () => {
  test.each(made)("with %s are created and read back as they were", async (kind, category, components) => {
    const all: CreateTemplateComponent[] = [...components, { type: "BODY", text: "Your card is on its way." }];
    const name = `made_with_${kind.replace(/\W/g, "_")}`;
    const definition = { name, language: "en", category, parameter_format: "POSITIONAL", components: all } as const;
    const created = await client.template.create(accountId, { ...definition, components: all }).json();
    expect(created).toEqual({ id: expect.stringMatching(/^\d{16}$/), status: "APPROVED", category });
    const read = await client.template.get(created.id, { fields: ["name", "components"] }).json();
    expect(read.components.map(({ type }) => type).toSorted()).toEqual(all.map(({ type }) => type).toSorted());
    expect(sandbox.sandbox.world.templates.get(created.id)).toMatchObject({ name, status: "APPROVED" });
  });

  test("are listed by status, name and language, edited and deleted", async () => {
    const definition = { ...aTemplate(), language: "en", category: "UTILITY", parameter_format: "POSITIONAL" } as const;
    const components: CreateTemplateComponent[] = [{ type: "BODY", text: "Your card is on its way." }];
    const { id } = await client.template.create(accountId, { ...definition, components }).json();
    const wanted = {
      name_or_content: definition.name,
      language: "en",
      status: ["APPROVED", "PAUSED"],
      limit: 5,
    } as const;
    const listed = await client.template.list(accountId, { ...wanted, status: [...wanted.status] }).json();
    expect(listed.data).toMatchObject([{ id, name: definition.name, status: "APPROVED", category: "UTILITY" }]);
    const changed: CreateTemplateComponent[] = [{ type: "BODY", text: "Your card has arrived." }];
    expect(await client.template.update(id, { components: changed }).json()).toEqual({ success: true });
    expect(await client.template.get(id, { fields: ["components"] }).json()).toEqual({ id, components: changed });
    const removed = client.template.delete(accountId, { name: definition.name, hsm_id: id });
    expect(await removed.json()).toEqual({ success: true });
    await expect(client.template.get(id, {}).json()).rejects.toMatchObject({ data: { error: { code: 100 } } });
  });

  test("of the library are found and made", async () => {
    const library: unknown = await client.template.listLibrary({ usecase: "FRAUD_ALERT", language: "en_US" }).json();
    expect(library).toMatchObject({ data: [{ name: "fraud_alert_1", usecase: "FRAUD_ALERT" }] });
    const inputs = JSON.stringify([{ type: "PHONE_NUMBER", phone_number: "+33140000000" }]);
    const ours = { name: "our_alert", category: "UTILITY", language: "en_US" } as const;
    const ready = { library_template_name: "fraud_alert_1", library_template_button_inputs: inputs };
    const created = await client.template.create(accountId, { ...ours, ...ready }).json();
    expect(created.status).toBe("APPROVED");
  });

  test("refused by Meta's rules say why in words for the user", async () => {
    const components: CreateTemplateComponent[] = [
      { type: "BODY", text: "{{1}} is ready", example: { body_text: ["x"] } },
    ];
    const definition = { name: "bad", language: "en", category: "UTILITY", parameter_format: "POSITIONAL" } as const;
    await expect(client.template.create(accountId, { ...definition, components }).json()).rejects.toMatchObject({
      data: { error: { code: 100, error_subcode: 2_388_299, error_user_msg: expect.any(String) } },
    });
  });
});

describe("the client's account side", () => {
  test("changes the profile and reads it", async () => {
    const profile = { about: "A bank", email: "a@b.test", vertical: "FINANCE", websites: ["https://b.test"] } as const;
    const changed = client.businessProfile.updateBusinessProfile({
      phoneNumberID,
      ...profile,
      websites: ["https://b.test"],
    });
    expect(await changed.json()).toEqual({ success: true });
    const fields = ["about", "email", "vertical", "websites"] as const;
    const read = await client.businessProfile.getBusinessProfile({ phoneNumberID, fields: [...fields] }).json();
    expect(read.data).toEqual([{ ...profile, messaging_product: "whatsapp" }]);
  });

  test("lists and reads the number", async () => {
    const { phoneNumbers } = client;
    const listed = await phoneNumbers
      .listPhoneNumbers({ businessAccountID: accountId, fields: ["id", "status"] })
      .json();
    expect(listed.data).toEqual([{ id: phoneNumberId, status: "CONNECTED" }]);
    const fields = ["quality_rating", "throughput", "health_status"] as const;
    expect(await phoneNumbers.getPhoneNumber({ phoneNumberID, fields: [...fields] }).json()).toMatchObject({
      quality_rating: "GREEN",
      throughput: { level: "HIGH" },
      health_status: { can_send_message: "AVAILABLE" },
    });
    const renamed = phoneNumbers.updatePhoneNumber({ phoneNumberID, new_display_name: "Our Bank" });
    expect(await renamed.json()).toEqual({ success: true });
  });

  test("sets commands, subscribes the application and reads the account", async () => {
    const commands = [{ command_name: "help", command_description: "Get help" }];
    const set = client.conversationalAutomation.setConversationalAutomation({
      phoneNumberID,
      commands,
      prompts: ["Hi"],
    });
    expect(await set.json()).toEqual({ success: true });
    const { subscribedApps, whatsappBusinessAccount } = client;
    expect(await subscribedApps.createSubscription({ businessAccountID: accountId }).json()).toEqual({ success: true });
    expect((await subscribedApps.listSubscriptions({ businessAccountID: accountId }).json()).data).toHaveLength(1);
    const account = await whatsappBusinessAccount.get(accountId, { fields: ["name", "currency"] }).json();
    expect(account).toMatchObject({ id: accountId, name: "Sandbox Bank" });
  });

  test("blocks a person, lists whom it blocks and lets them in again", async () => {
    const typed = experimental.createClient({ baseUrl: sandbox.url, headers });
    const path = { Version: "v25.0", "Phone-Number-ID": phoneNumberId };
    const params = {
      path,
      header: { Authorization: headers.Authorization, "Content-Type": "application/json" },
    } as const;
    const body = { messaging_product: "whatsapp" as const, block_users: [{ user: to }] };
    const block = "/{Version}/{Phone-Number-ID}/block_users";
    const blocked = await typed.POST(block, { params, body });
    expect(blocked.data?.block_users?.added_users).toEqual([{ input: to, wa_id: person }]);
    const listed = await typed.GET(block, { params });
    expect(listed.data?.data).toEqual([{ messaging_product: "whatsapp", wa_id: person }]);
    const unblocked = await typed.DELETE(block, { params, body });
    expect(unblocked.data?.block_users?.removed_users).toEqual([{ input: to, wa_id: person }]);
    expect(sandbox.sandbox.world.account.blocked.size).toBe(0);
  });
});

const aCard = { name: "card_sent", language: { code: "en" as const }, components: [] };
const kindOf = (name: string) => {
  const found = [...byTemplate, ...byInteraction].find(([kind]) => kind === name);
  if (!found) throw new Error(`Nothing is sent as ${name}.`);
  return found[1](inboundWamid);
};

describe("the client's webhook side", () => {
  test.each(saidByPeople)("verifies and hands on %s", async (_, message) => {
    const { wamid } = (await sandbox.control.call("POST", "inbound", { from: person, ...message })) as {
      wamid: string;
    };
    await vi.waitFor(() => expect(changes()).toHaveLength(1), patience);
    expect(values()[0]).toMatchObject({
      metadata: { phone_number_id: phoneNumberId },
      messages: [{ id: wamid, from: person, ...message }],
    });
    expect(heard.some(({ isSpoiltSigned }) => isSpoiltSigned)).toBe(false);
  });

  test.each([
    ["sent, delivered and read with what it costs", "33612345603", ["sent", "delivered", "read"], undefined],
    ["failed with its reason", "33612340026", ["failed"], 131_026],
  ] as const)("verifies and hands on %s", async (_, waId, expected, code) => {
    const message = { ...at, to: `+${waId}`, type: MessageType.Template, template: aCard } as const;
    const answer = await client.message.createMessage(message).json();
    const heardOf = () => statusesOf(answer.messages[0]?.id);
    await vi.waitFor(() => expect(heardOf().map(({ status }) => status)).toEqual(expected), patience);
    expect(heardOf()[0]).toMatchObject(
      code === undefined
        ? { recipient_id: waId, pricing: { pricing_model: "PMP", category: "utility", billable: true } }
        : { recipient_id: waId, errors: [{ code }] },
    );
  });

  test.each(toldOfAccounts)("verifies and hands on %s", async (_, cause, field, told) => {
    const { body } = await sandbox.createTemplate(aTemplate());
    await cause(sandbox, body.id ?? "");
    await vi.waitFor(() => expect(changes()).toContainEqual(saying({ field, value: told })), patience);
  });

  test("hands on taps on a template's button, a reply and a list's row", async () => {
    const taps = [
      ["text, currency, date, payload and link", { button_index: 0 }, { type: "button", button: { payload: "me" } }],
      [
        "reply buttons under a text",
        { button_index: 1 },
        { type: "interactive", interactive: { button_reply: { id: "no" } } },
      ],
      ["list", { row_id: "1" }, { type: "interactive", interactive: { list_reply: { id: "1", title: "One" } } }],
    ] as const;
    for (const [kind, tap, reply] of taps) {
      const answer = await client.message.createMessage(kindOf(kind)).json();
      const wamid = answer.messages[0]?.id ?? "";
      await sandbox.control.call("POST", "tap", { wamid, ...tap });
      await vi.waitFor(() => expect(said()).toContainEqual(saying({ ...reply, context: { id: wamid } })), patience);
    }
  });

  test("refuses a handshake with another token", async () => {
    const asked = { url: server.url, verify_token: "another" };
    await expect(sandbox.control.call("POST", "webhook", asked)).rejects.toThrow(/could not be validated/);
  });
});
