import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as tables from "#db/schema/index.ts";
import type { SampleWorld } from "../sample-world.ts";
import { HookRig, statusValue, testMoment, textValue } from "./test-hook-rig.ts";

let rig: HookRig;
beforeAll(async () => {
  rig = await HookRig.open();
});
afterAll(() => rig.close());

const seconds = String(Math.floor(testMoment.getTime() / 1000));
const granted = { state: "granted" as const, at: testMoment.toISOString(), source: "test" };
const contacts = ({ workspaceId }: SampleWorld) =>
  rig.database.db.select().from(tables.contact).where(eq(tables.contact.workspaceId, workspaceId));
const messages = ({ workspaceId }: SampleWorld) =>
  rig.database.db.select().from(tables.message).where(eq(tables.message.workspaceId, workspaceId));
const channel = async ({ channelId }: SampleWorld) =>
  (await rig.database.db.select().from(tables.channel).where(eq(tables.channel.id, channelId)))[0];
const apply = async (world: SampleWorld, ...values: object[]) => {
  await rig.store(world, ...values);
  await rig.host().apply();
};

/** A person with consent to everything, and a message on its way to them. */
async function aRecipient() {
  const world = await rig.world();
  const [contactId = ""] = await world.addContacts(1, {
    phone: "+14155551001",
    consents: { service: granted, marketing: granted },
  });
  await rig.addMessages(world, contactId, [{ status: "sent", wamid: `wamid.${contactId}` }]);
  const failed = (code: number) => statusValue("failed", { wamid: `wamid.${contactId}`, code });
  return { world, contactId, wamid: `wamid.${contactId}`, failed };
}

describe("a failure that says more than that one message failed:", () => {
  test("who wants no marketing is not asked again, once, with the provider's word as proof", async () => {
    const { world, failed } = await aRecipient();
    await apply(world, failed(131050));
    expect(await contacts(world)).toMatchObject([
      {
        consents: { service: { state: "granted" }, marketing: { state: "withdrawn", source: "provider" } },
        suppressedAt: null,
      },
    ]);
    const ledger = () =>
      rig.database.db.select().from(tables.consent).where(eq(tables.consent.workspaceId, world.workspaceId));
    expect(await ledger()).toMatchObject([{ purpose: "marketing", state: "withdrawn", proof: { code: "131050" } }]);
    // The person changes their mind; the same call comes once more.
    await rig.database.db.update(tables.contact).set({ consents: { marketing: granted } });
    await apply(world, failed(131050));
    expect(await contacts(world)).toMatchObject([{ consents: { marketing: { state: "granted" } } }]);
    expect(await ledger()).toHaveLength(1);
  });

  const withdrawn = { consents: { marketing: { state: "withdrawn", source: "provider" } } };
  test.each([
    [131050, "of everybody with the number", [withdrawn, withdrawn]],
    [131026, "of that person", [{ suppressedReason: "undeliverable" }, { suppressedReason: null }]],
  ])("%s told before its message is known is heeded when it is: %s", async (code, _, heeded) => {
    const { world, contactId, failed, wamid } = await aRecipient();
    const [other = ""] = await world.addContacts(1, { phone: "+14155551001", consents: { marketing: granted } });
    const name = (values: { wamid: string | null }) =>
      rig.database.db.update(tables.message).set(values).where(eq(tables.message.workspaceId, world.workspaceId));
    const both = async () => {
      const byId = new Map((await contacts(world)).map((row) => [row.id, row]));
      return [byId.get(contactId), byId.get(other)];
    };
    await name({ wamid: null });
    await apply(world, failed(code));
    const untouched = { consents: { marketing: { state: "granted" } }, suppressedReason: null };
    expect(await both()).toMatchObject([untouched, untouched]);
    await name({ wamid });
    await rig.host().apply();
    expect(await messages(world)).toMatchObject([{ status: "failed", errorCode: code }]);
    expect(await both()).toMatchObject(heeded);
  });

  test("who is not on WhatsApp is not written to until they write", async () => {
    const { world, failed } = await aRecipient();
    await apply(world, failed(131026));
    expect(await contacts(world)).toMatchObject([{ suppressedReason: "undeliverable" }]);
    await apply(world, textValue("Hello", { from: "14155551001", wamid: "wamid.back" }));
    expect(await contacts(world)).toMatchObject([{ suppressedReason: null, suppressedAt: null }]);
  });

  const orders: [string, ("delivered" | "failed")[][]][] = [
    ["the failure comes after it", [["delivered"], ["failed"]]],
    ["the failure comes before it", [["failed"], ["delivered"]]],
    ["both come in one call", [["delivered", "failed"]]],
    ["both come in one call, the failure first", [["failed", "delivered"]]],
  ];
  test.each(orders)("whose message arrived can be reached: %s", async (_, calls) => {
    const { world, wamid, failed } = await aRecipient();
    const told = { delivered: () => statusValue("delivered", { wamid }), failed: () => failed(131026) };
    for (const statuses of calls) await apply(world, ...statuses.map((status) => told[status]()));
    expect(await messages(world)).toMatchObject([{ status: "delivered" }]);
    expect(await contacts(world)).toMatchObject([{ suppressedReason: null, suppressedAt: null }]);
  });

  test("who has said STOP stays stopped, whatever fails and whoever writes", async () => {
    const { world, contactId, failed } = await aRecipient();
    await rig.database.db
      .update(tables.contact)
      .set({ suppressedAt: testMoment, suppressedReason: "opt-out" })
      .where(eq(tables.contact.id, contactId));
    await apply(world, failed(131026), textValue("Hello", { from: "14155551001", wamid: "wamid.again" }));
    expect(await contacts(world)).toMatchObject([{ suppressedReason: "opt-out" }]);
  });

  test.each([131042, 131031, 368])("code %i pauses the number", async (code) => {
    const { world, failed } = await aRecipient();
    await apply(world, failed(code));
    expect(await channel(world)).toMatchObject({ status: "paused", statusReason: `${code} Message undeliverable` });
    // Somebody has looked at it; an old call that comes again does not undo that.
    await rig.database.db.update(tables.channel).set({ status: "connected", statusReason: null });
    await apply(world, failed(code));
    expect(await channel(world)).toMatchObject({ status: "connected" });
  });

  test.each([131049, 130472, 131047, 132015])("code %i is about that message alone", async (code) => {
    const { world, failed } = await aRecipient();
    await apply(world, failed(code));
    expect(await messages(world)).toMatchObject([{ status: "failed", errorCode: code }]);
    expect(await contacts(world)).toMatchObject([{ suppressedAt: null, consents: { marketing: granted } }]);
    expect(await channel(world)).toMatchObject({ status: "connected" });
  });
});

test("a message keeps what the provider charges it as", async () => {
  const { world, wamid } = await aRecipient();
  const { statuses } = statusValue("delivered", { wamid });
  const pricing = { billable: false, pricing_model: "PMP", type: "free_customer_service", category: "utility" };
  await apply(world, { statuses: statuses.map((status) => ({ ...status, pricing })) });
  expect(await messages(world)).toMatchObject([
    { status: "delivered", pricingType: "free_customer_service", pricingCategory: "utility" },
  ]);
});

describe("what a person sends", () => {
  const image = { id: "9", mime_type: "image/jpeg", sha256: "aGFzaA==", caption: "My card" };
  const letter = (node: object, wamid = "wamid.I") => ({
    messages: [{ from: "14155551001", id: wamid, timestamp: seconds, ...node }],
  });

  test("is kept with all that a screen draws", async () => {
    const { world } = await aRecipient();
    await apply(world, letter({ type: "image", image, context: { forwarded: true } }));
    const [stored] = (await messages(world)).filter(({ direction }) => direction === "inbound");
    expect(stored?.content).toEqual({
      body: "My card",
      media: { kind: "image", id: "9", mime: "image/jpeg", sha256: "aGFzaA==", fileName: null },
      isForwarded: true,
    });
  });

  test("and changes or takes back is marked as such", async () => {
    const { world } = await aRecipient();
    const said = (text: string) => ({ type: "text", text: { body: text } });
    await apply(world, letter(said("one")), letter(said("two"), "wamid.two"));
    const edit = { original_message_id: "wamid.I", message: said("better") };
    const revoke = { original_message_id: "wamid.two" };
    await apply(world, letter({ type: "edit", edit }, "wamid.E"), letter({ type: "revoke", revoke }, "wamid.R"));
    const stored = (await messages(world)).filter(({ direction }) => direction === "inbound");
    const at = new Date(Number(seconds) * 1000).toISOString();
    expect(stored.map(({ wamid, content }) => [wamid, content]).sort()).toEqual([
      ["wamid.I", { body: "better", editedAt: at }],
      ["wamid.two", { body: "two", revokedAt: at }],
    ]);
  });
});

describe("a person with other ids", () => {
  const moved = (from: object, system: object) => ({
    messages: [{ ...from, id: "wamid.M", timestamp: seconds, type: "system", system }],
  });
  const newNumber = { type: "user_changed_number", wa_id: "14155559999" };

  test("is the same contact under the new number, also for what they write in the same batch", async () => {
    const { world, contactId } = await aRecipient();
    await apply(
      world,
      textValue("It is me", { from: "14155559999", wamid: "wamid.new" }),
      moved({ from: "14155551001" }, newNumber),
    );
    expect(await contacts(world)).toMatchObject([{ id: contactId, phone: "+14155559999", waId: "14155559999" }]);
  });

  test("is found by the business-scoped id first; who only has the old number is somebody else", async () => {
    const world = await rig.world();
    const [mover = ""] = await world.addContacts(1, { phone: null, waId: null, bsuid: "US.1" });
    const [other = ""] = await world.addContacts(1, { phone: "+14155551001", waId: null, bsuid: "US.2" });
    await apply(world, moved({ from: "14155551001", from_user_id: "US.1" }, newNumber));
    const found = new Map((await contacts(world)).map((row) => [row.id, row]));
    expect(found.get(mover)).toMatchObject({ waId: "14155559999", bsuid: "US.1" });
    expect(found.get(other)).toMatchObject({ phone: "+14155551001", bsuid: "US.2" });
  });

  test("keeps their contact when their business-scoped id changes", async () => {
    const world = await rig.world();
    const [contactId = ""] = await world.addContacts(1, { phone: null, waId: null, bsuid: "US.1" });
    const change = { user_id: { previous: "US.1", current: "US.9" }, timestamp: Number(seconds) };
    await rig.storeField(world, "user_id_update", { user_id_update: [change] });
    const contact = { profile: { name: "Zoé" }, user_id: "US.9" };
    const message = { from_user_id: "US.9", id: "wamid.Z", timestamp: seconds, type: "text", text: { body: "Hi" } };
    await apply(world, { contacts: [contact], messages: [message] });
    expect(await contacts(world)).toMatchObject([{ id: contactId, bsuid: "US.9", phone: null }]);
  });
});

describe("what the provider says about the account", () => {
  const limits = (world: SampleWorld) =>
    rig.database.db.select().from(tables.portfolio).where(eq(tables.portfolio.workspaceId, world.workspaceId));

  test("its limit of people holds from now on, for a portfolio that is not known, too", async () => {
    const world = await rig.world();
    await rig.storeField(world, "business_capability_update", { max_daily_conversations_per_business: 2000 });
    await rig.host().apply();
    expect(await limits(world)).toMatchObject([{ id: "2", peoplePerDay: 2000 }]);
    expect(await channel(world)).toMatchObject({ portfolioId: "2" });
    const value = {
      display_phone_number: "15550001111",
      event: "UPGRADE",
      max_daily_conversations_per_business: "TIER_UNLIMITED",
    };
    await rig.storeField(world, "phone_number_quality_update", value);
    await rig.host().apply();
    expect(await limits(world)).toMatchObject([{ id: "2", peoplePerDay: null }]);
  });

  test.each([
    [80, 1000],
    [50, 50],
  ])("its upgrade takes a rate of %i to %i: a rate that people chose stays", async (messagesPerSecond, expected) => {
    const world = await rig.world();
    await rig.database.db
      .update(tables.channel)
      .set({ messagesPerSecond })
      .where(eq(tables.channel.id, world.channelId));
    const value = { display_phone_number: "+1 555 000 1111", event: "THROUGHPUT_UPGRADE" };
    await rig.storeField(world, "phone_number_quality_update", value);
    await rig.host().apply();
    expect(await channel(world)).toMatchObject({ messagesPerSecond: expected });
  });

  test("a ban pauses the number, and being let in again connects nothing by itself", async () => {
    const world = await rig.world();
    for (const waba_ban_state of ["DISABLE", "REINSTATE"])
      await rig.storeField(world, "account_update", { event: "DISABLED_UPDATE", ban_info: { waba_ban_state } });
    await rig.host().apply();
    expect(await channel(world)).toMatchObject({ status: "paused", statusReason: "DISABLED_UPDATE DISABLE" });
  });

  test("a template's quality is kept with its language", async () => {
    const world = await rig.world();
    const value = {
      message_template_id: 1,
      message_template_name: "hello",
      message_template_language: "en",
      new_quality_score: "YELLOW",
    };
    await rig.storeField(world, "message_template_quality_update", value);
    await rig.host().apply();
    const languages = await rig.database.db
      .select()
      .from(tables.templateLanguage)
      .where(eq(tables.templateLanguage.workspaceId, world.workspaceId));
    expect(languages.map(({ quality }) => quality)).toEqual(["yellow"]);
  });
});
