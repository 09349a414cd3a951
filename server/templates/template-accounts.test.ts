import { eq } from "drizzle-orm";
import { afterEach, beforeEach, expect, test } from "vitest";
import * as tables from "#db/schema/index.ts";
import type { TemplateStatus } from "#flow/template.ts";
import { heedTemplates } from "#server/engine/dispatch/heed-templates.ts";
import { DispatchScene } from "#server/engine/dispatch/test-scene.ts";
import { TestRig } from "#server/engine/test-rig.ts";
import { readCatalog } from "#server/flows/read-catalog.ts";
import { newId } from "#server/id.ts";
import { testActor } from "#server/test-actor.ts";
import { getTemplate } from "./get-template.ts";
import { keepAccountStatus } from "./keep-account-status.ts";

let rig: TestRig;
let scene: DispatchScene;
let own: string;
let templateId: string;
const other = "another-account";

beforeEach(async () => {
  rig = await TestRig.open();
  scene = new DispatchScene(rig);
  const { db } = rig.database;
  const [channel] = await db.select().from(tables.channel);
  const [row] = await db.select().from(tables.templateLanguage);
  if (!channel || !row) throw new Error("the sample world has a number and a template");
  own = channel.accountId;
  templateId = row.templateId;
  // A second number, of another account: it sends only while the first does not.
  const createdAt = new Date(Date.now() + 60_000);
  await db.insert(tables.channel).values({ ...channel, id: newId(), accountId: other, phoneNumberId: "2", createdAt });
});
afterEach(() => rig.close());

const say = (accountId: string, status: TemplateStatus) =>
  keepAccountStatus(rig.database.db, { workspaceId: rig.world.workspaceId, accountId, now: new Date() }, [
    { templateId, language: "en", status, reason: null, providerId: `${accountId}-1`, quality: null },
  ]);

const whole = async () => {
  const [row] = await rig.database.db.select().from(tables.templateLanguage);
  return row?.status;
};
const inFlows = async () =>
  (await readCatalog(rig.database.db, rig.world.workspaceId)).templates[0]?.languages.map(({ status }) => status);

async function claimOne() {
  await scene.sends("alert");
  const [person = ""] = await rig.world.addContacts(1);
  await scene.queue(person, "alert");
  return scene.claim();
}

test.each<[own: TemplateStatus, other: TemplateStatus, whole: TemplateStatus, leaves: number]>([
  ["approved", "paused", "paused", 1],
  ["paused", "approved", "paused", 0],
  ["approved", "rejected", "approved", 1],
  ["submitted", "approved", "approved", 0],
  ["rejected", "rejected", "rejected", 0],
])("here %s, at another account %s: %s as a whole, and %i leaves", async (here, there, expected, leaves) => {
  await say(own, here);
  await say(other, there);
  expect(await whole()).toBe(expected);
  expect(await inFlows()).toEqual([here]);
  expect(await claimOne()).toHaveLength(leaves);
});

test("what only another account has been given may not leave here", async () => {
  await say(other, "approved");
  expect(await inFlows()).toEqual(["draft"]);
  expect(await claimOne()).toEqual([]);
});

test("a pause at the account that does not send stops nobody; one at the account that sends does", async () => {
  await say(own, "approved");
  await say(other, "approved");
  await scene.sends("alert");
  const [person = ""] = await rig.world.addContacts(1);
  await scene.queue(person, "alert");
  expect(await say(other, "paused")).toHaveLength(1);
  expect(await heedTemplates(rig.database.pool, new Date())).toMatchObject({ dropped: 0, held: 0 });
  await say(own, "paused");
  expect(await heedTemplates(rig.database.pool, new Date())).toMatchObject({ dropped: 1 });
});

test("what is said again is no news", async () => {
  expect(await say(own, "paused")).toHaveLength(1);
  expect(await say(own, "paused")).toEqual([]);
  const rows = await rig.database.db
    .select()
    .from(tables.templateAccount)
    .where(eq(tables.templateAccount.templateId, templateId));
  expect(rows).toMatchObject([{ accountId: own, status: "paused", providerId: `${own}-1` }]);
});

test("the template tells how it stands at each account, the one that sends first", async () => {
  await say(own, "approved");
  const someone = await testActor(rig.database.db);
  const actor = { ...someone, session: { ...someone.session, workspaceId: rig.world.workspaceId } };
  const { accounts } = await getTemplate(actor, { templateId });
  expect(accounts).toMatchObject([
    { accountId: own, isSending: true, languages: [{ language: "en", status: "approved" }] },
    { accountId: other, isSending: false, languages: [{ language: "en", status: "draft" }] },
  ]);
});
