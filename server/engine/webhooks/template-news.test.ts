import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import * as tables from "#db/schema/index.ts";
import { newId } from "#server/id.ts";
import type { SampleWorld } from "../sample-world.ts";
import { HookRig } from "./test-hook-rig.ts";

let rig: HookRig;
let world: SampleWorld;
let ownerId: string;
beforeAll(async () => {
  rig = await HookRig.open();
});
afterAll(() => rig.close());
beforeEach(async () => {
  world = await rig.world();
  ownerId = newId();
  await rig.database.db.insert(tables.user).values({ id: ownerId, name: "Owner", email: `${ownerId}@bank.example` });
  await rig.database.db
    .insert(tables.member)
    .values({ id: newId(), workspaceId: world.workspaceId, userId: ownerId, role: "owner" });
});

const about = {
  message_template_id: 900,
  message_template_name: "hello",
  message_template_language: "en",
};

async function tell(field: string, value: object): Promise<void> {
  await rig.storeField(world, field, { ...about, ...value });
  await rig.host().apply();
}

const told = async () =>
  (await rig.database.db.select().from(tables.notification).where(eq(tables.notification.userId, ownerId))).map(
    ({ kind, values }) => ({ kind, values }),
  );

const movedAt = async () => {
  const [row] = await rig.database.db
    .select()
    .from(tables.template)
    .where(eq(tables.template.workspaceId, world.workspaceId));
  return row?.movedAt ?? null;
};

test.each<[string, string, object, object]>([
  [
    "a pause",
    "message_template_status_update",
    { event: "PAUSED", reason: "NONE" },
    { kind: "template-paused", values: { name: "hello", language: "en" } },
  ],
  [
    "a rejection",
    "message_template_status_update",
    { event: "REJECTED", reason: "PROMOTIONAL" },
    { kind: "template-rejected", values: { name: "hello", language: "en" } },
  ],
  [
    "another category",
    "template_category_update",
    { previous_category: "UTILITY", new_category: "MARKETING" },
    { kind: "template-category-changed", values: { name: "hello", from: "utility", to: "marketing" } },
  ],
])(
  "%s is told to who answers for the template, once, and what waits is looked at",
  async (_, field, value, expected) => {
    await tell(field, value);
    await tell(field, value);
    expect(await told()).toMatchObject([expected]);
    expect(await movedAt()).not.toBeNull();
  },
);

test("a quality that drops is told; one that rises, or is told again, is no news, and neither stops anything", async () => {
  for (const [before, after] of [
    ["UNKNOWN", "GREEN"],
    ["GREEN", "YELLOW"],
    ["GREEN", "YELLOW"],
    ["YELLOW", "RED"],
    ["RED", "GREEN"],
  ])
    await tell("message_template_quality_update", { previous_quality_score: before, new_quality_score: after });
  expect((await told()).map(({ values }) => values)).toEqual([
    { name: "hello", language: "en", quality: "yellow" },
    { name: "hello", language: "en", quality: "red" },
  ]);
  expect(await movedAt()).toBeNull();
});
