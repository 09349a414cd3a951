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

async function tell(world: SampleWorld, value: object): Promise<void> {
  const change = { field: "template_category_update", value };
  const body = Buffer.from(
    JSON.stringify({ object: "whatsapp_business_account", entry: [{ id: "2", changes: [change] }] }),
  );
  const { workspaceId, channelId } = world;
  await rig.database.db
    .insert(tables.rawWebhook)
    .values({ id: newId(), workspaceId, channelId, receivedAt: testMoment, body });
  await rig.host().apply();
}

async function categoryIn({ workspaceId }: SampleWorld): Promise<string | undefined> {
  const [row] = await rig.database.db
    .select()
    .from(tables.template)
    .where(eq(tables.template.workspaceId, workspaceId));
  return row?.category;
}

const moved = {
  message_template_id: 900,
  message_template_name: "hello",
  message_template_language: "en",
  previous_category: "UTILITY",
};

test("a template that the provider moved to marketing is one here, and in no other workspace", async () => {
  const [world, other] = [await rig.world(), await rig.world()];
  await tell(world, { ...moved, new_category: "MARKETING" });
  expect(await categoryIn(world)).toBe("marketing");
  expect(await categoryIn(other)).toBe("utility");
  await tell(world, { ...moved, new_category: "UTILITY" });
  expect(await categoryIn(world)).toBe("utility");
});

test("where the provider's ids are known, another id of the same name moves nothing", async () => {
  const world = await rig.world();
  await rig.database.db
    .update(tables.templateLanguage)
    .set({ providerId: "901" })
    .where(eq(tables.templateLanguage.workspaceId, world.workspaceId));
  await tell(world, { ...moved, new_category: "MARKETING" });
  expect(await categoryIn(world)).toBe("utility");
  await tell(world, { ...moved, message_template_id: 901, new_category: "MARKETING" });
  expect(await categoryIn(world)).toBe("marketing");
});
