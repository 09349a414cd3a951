import GreatDetail, { MessageType } from "@great-detail/whatsapp";
import { WhatsAppClient } from "@kapso/whatsapp-cloud-api";
import { verifySignature } from "@kapso/whatsapp-cloud-api/server";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { aSandbox, aSubscriber, identity } from "./sandbox.fixture.ts";

const patience = { timeout: 40_000, interval: 20 };

let sandbox: Awaited<ReturnType<typeof aSandbox>>;
let subscriber: Awaited<ReturnType<typeof aSubscriber>>;
let kapso: WhatsAppClient;
let greatDetail: GreatDetail;

const phoneNumberId = identity.phoneNumberId;
const to = "+33612345678";

beforeAll(async () => {
  sandbox = await aSandbox();
  subscriber = await aSubscriber();
  await sandbox.control.subscribe(subscriber.url);
  await sandbox.control.say(to, "Hello");
  kapso = new WhatsAppClient({ baseUrl: sandbox.url, graphVersion: "v25.0", accessToken: identity.token });
  greatDetail = new GreatDetail({
    baseUrl: sandbox.url,
    graphVersion: "v25.0",
    request: { headers: { Authorization: `Bearer ${identity.token}` } },
  });
});
afterAll(async () => {
  subscriber.close();
  await sandbox.remove();
});

const template = (name: string) => ({
  name,
  language: "en_US",
  category: "UTILITY" as const,
  components: [
    { type: "BODY" as const, text: "Dear {{1}}, your statement is ready.", example: { body_text: [["Zoé"]] } },
  ],
});

describe("the client of kapso", () => {
  test("sends text, reply buttons and a list", async () => {
    const text = await kapso.messages.sendText({ phoneNumberId, to, body: "Bonjour" });
    expect(text.messages[0]?.id).toMatch(/^wamid\./);
    const buttons = [
      { id: "yes", title: "Yes" },
      { id: "no", title: "No" },
    ];
    await kapso.messages.sendInteractiveButtons({ phoneNumberId, to, bodyText: "Was it you?", buttons });
    const sections = [{ title: "Topics", rows: [{ id: "card", title: "Card" }] }];
    await kapso.messages.sendInteractiveList({
      phoneNumberId,
      to,
      bodyText: "What is it about?",
      buttonText: "Choose",
      sections,
    });
    expect((await sandbox.control.messages({ direction: "outbound" })).map((row) => row.body)).toEqual([
      "Bonjour",
      "Was it you?",
      "What is it about?",
    ]);
  });

  test("sends every other kind of interactive message it knows", async () => {
    const common = { phoneNumberId, to, bodyText: "Body" };
    const image = { type: "image" as const, image: { link: "https://b.test/i.png" } };
    const cards = [0, 1].map((cardIndex) => ({
      cardIndex,
      header: image,
      bodyText: `Card ${cardIndex}`,
      action: { displayText: "Open", url: `https://b.test/${cardIndex}` },
    }));
    const replyCards = cards.map((card) => ({
      ...card,
      action: { buttons: [{ id: `c${card.cardIndex}`, title: "Yes" }] },
    }));
    const productItems = [{ productRetailerId: "p" }];
    const { messages } = kapso;
    const answers = [
      await messages.sendInteractiveCtaUrl({ ...common, parameters: { displayText: "Pay", url: "https://b.test" } }),
      await messages.sendInteractiveFlow({ ...common, parameters: { flowId: "1", flowCta: "Open" } }),
      await messages.sendInteractiveProduct({ ...common, catalogId: "1", productRetailerId: "p" }),
      await messages.sendInteractiveProductList({
        ...common,
        header: { type: "text", text: "Ours" },
        catalogId: "1",
        sections: [{ title: "All", productItems }],
      }),
      await messages.sendInteractiveCatalogMessage({ ...common, parameters: { thumbnailProductRetailerId: "p" } }),
      await messages.sendInteractiveCarousel({ ...common, cards }),
      await messages.sendInteractiveCarousel({ ...common, cards: replyCards }),
      await messages.sendInteractiveAddress({ ...common, parameters: { country: "IN" } }),
    ];
    for (const answer of answers) expect(answer.messages[0]?.id).toMatch(/^wamid\./);
    const shown = sandbox.sandbox.world.log.at(-2)?.rendered?.cards;
    expect(shown?.map((card) => card.buttons)).toEqual([
      [{ kind: "reply", text: "Yes", id: "c0" }],
      [{ kind: "reply", text: "Yes", id: "c1" }],
    ]);
  });

  test("creates, lists, sends and deletes a template", async () => {
    const created = await kapso.templates.create({ businessAccountId: identity.accountId, ...template("from_kapso") });
    expect(created).toMatchObject({ id: expect.any(String), status: "APPROVED" });
    const listed = await kapso.templates.list({ businessAccountId: identity.accountId });
    expect(listed.data.map((each) => each.name)).toContain("from_kapso");
    const components = [{ type: "body" as const, parameters: [{ type: "text" as const, text: "Zoé" }] }];
    const sent = await kapso.messages.sendTemplate({
      phoneNumberId,
      to,
      template: { name: "from_kapso", language: { code: "en_US" }, components },
    });
    expect(sent.messages[0]?.id).toMatch(/^wamid\./);
    await kapso.templates.delete({ businessAccountId: identity.accountId, name: "from_kapso" });
    await expect(
      kapso.templates.delete({ businessAccountId: identity.accountId, name: "from_kapso" }),
    ).rejects.toThrow();
  });

  test("understands the errors", async () => {
    const sending = kapso.messages.sendTemplate({
      phoneNumberId,
      to,
      template: { name: "nothing", language: { code: "en_US" } },
    });
    await expect(sending).rejects.toMatchObject({ code: 132001, httpStatus: 404 });
  });

  test("finds the webhooks' signatures right", async () => {
    await vi.waitFor(() => expect(subscriber.received.length).toBeGreaterThan(0), patience);
    for (const { rawBody, headers } of subscriber.received) {
      const signatureHeader = String(headers["x-hub-signature-256"]);
      expect(verifySignature({ appSecret: identity.appSecret, rawBody, signatureHeader })).toBe(true);
      expect(verifySignature({ appSecret: "another", rawBody, signatureHeader })).toBe(false);
    }
  });
});

describe("the client of great-detail", () => {
  test("sends text and a template", async () => {
    const text = await greatDetail.message
      .createMessage({ phoneNumberID: phoneNumberId, to, type: MessageType.Text, text: { body: "Hello" } })
      .json();
    expect(text.messages[0]?.id).toMatch(/^wamid\./);
    const sent = await greatDetail.message
      .createMessage({
        phoneNumberID: phoneNumberId,
        to,
        type: MessageType.Template,
        template: { name: "hello_world", language: { code: "en_US" }, components: [] },
      })
      .json();
    expect(sent).toMatchObject({ messages: [{ message_status: "accepted" }] });
  });

  test("creates, reads, lists and changes a template", async () => {
    const body = {
      type: "BODY" as const,
      text: "Dear {{1}}, your statement is ready.",
      example: { body_text: ["Zoé"] },
    };
    const definition = {
      name: "from_great_detail",
      language: "en_US" as const,
      category: "UTILITY" as const,
      parameter_format: "POSITIONAL" as const,
      components: [body],
    };
    const created = await greatDetail.template.create(identity.accountId, definition).json();
    const listed = await greatDetail.template.list(identity.accountId, {}).json();
    expect(listed.data.map((each) => each.name)).toContain("from_great_detail");
    const changed = greatDetail.template.update(created.id, {
      components: [{ type: "BODY", text: "Your statement is ready now." }],
    });
    expect(await changed.json()).toEqual({ success: true });
    expect(await greatDetail.template.get(created.id, { fields: ["name", "status"] }).json()).toEqual({
      id: created.id,
      name: "from_great_detail",
      status: "APPROVED",
    });
  });

  test("reads the number", async () => {
    const number = await greatDetail.phoneNumbers.getPhoneNumber({ phoneNumberID: phoneNumberId }).json();
    expect(number).toMatchObject({ id: phoneNumberId, display_phone_number: identity.displayPhone });
  });

  test("finds the webhooks' signatures right", async () => {
    await vi.waitFor(() => expect(subscriber.received.length).toBeGreaterThan(0), patience);
    const call = subscriber.received[0];
    const headers = {
      "x-hub-signature-256": String(call?.headers["x-hub-signature-256"]),
      "content-type": "application/json",
    };
    const event = await greatDetail.webhook.eventNotification({
      method: "POST",
      query: {},
      body: call?.rawBody.toString("utf8") ?? "",
      headers,
    });
    expect(await event.signature.sha256.check(identity.appSecret)).toBe(true);
  });
});
