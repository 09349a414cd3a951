import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as tables from "#db/schema/index.ts";
import { newId } from "#server/id.ts";
import type { SampleWorld } from "../sample-world.ts";
import { HookRig, testMoment } from "./test-hook-rig.ts";

let rig: HookRig;
beforeAll(async () => {
  rig = await HookRig.open();
});
afterAll(() => rig.close());

async function tell({ workspaceId, channelId }: SampleWorld, event: string): Promise<void> {
  const value = {
    event,
    message_template_id: 900,
    message_template_name: "hello",
    message_template_language: "en",
    reason: "NONE",
  };
  const change = { field: "message_template_status_update", value };
  const body = Buffer.from(
    JSON.stringify({ object: "whatsapp_business_account", entry: [{ id: "2", changes: [change] }] }),
  );
  await rig.database.db
    .insert(tables.rawWebhook)
    .values({ id: newId(), workspaceId, channelId, receivedAt: testMoment, body });
  await rig.host().apply();
}

test("an approval is noted at the newest text that was given, and only there", async () => {
  const world = await rig.world();
  const { workspaceId } = world;
  const { db } = rig.database;
  const [template] = await db.select().from(tables.template).where(eq(tables.template.workspaceId, workspaceId));
  const version = {
    workspaceId,
    templateId: template?.id ?? "",
    name: "hello",
    language: "en",
    content: { category: "utility" as const, samples: {}, header: null, body: "Hello", footer: null, buttons: [] },
    hash: "0",
    submittedBy: newId(),
    submittedAt: testMoment,
  };
  await db.insert(tables.templateVersion).values([
    { ...version, id: newId(), number: 1 },
    { ...version, id: newId(), number: 2 },
    { ...version, id: newId(), number: 3, language: "fr" },
  ]);
  const approvals = async () =>
    (
      await db
        .select()
        .from(tables.templateVersion)
        .where(eq(tables.templateVersion.workspaceId, workspaceId))
        .orderBy(tables.templateVersion.number)
    ).map((row) => row.approvedAt !== null);
  await tell(world, "REJECTED");
  expect(await approvals()).toEqual([false, false, false]);
  await tell(world, "APPROVED");
  expect(await approvals()).toEqual([false, true, false]);
});
