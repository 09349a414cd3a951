import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { assignment, channel, contact, enrollment, experiment, message } from "#db/schema/index.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.ts";
import { usualPlan } from "#flow/experiment-plan.ts";
import { loanPreApproval } from "#flow/starters/loan-pre-approval.ts";
import { createFlow } from "#server/flows/create-flow.ts";
import { newId, shardOf } from "#server/id.ts";
import { joinWorkspace, testActor } from "#server/test-actor.ts";
import type { Actor } from "#server/trpc.ts";
import { listBehind } from "./list-behind.ts";
import { readExperiment } from "./read-experiment.ts";

const start = new Date("2026-10-01T09:00:00Z");
const now = new Date("2026-11-01T09:00:00Z");
const hourMs = 3_600_000;

let database: TestDatabase;
let maker: Actor;
let flowId: string;
let experimentId: string;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  maker = { ...(await testActor(database.db, { role: "maker" })), clock: { now: () => now } };
  ({ flowId } = await createFlow(maker, { name: "Loan", starterId: loanPreApproval.id }));
  experimentId = newId();
  const arms = ["plain", "warm"].map((id) => ({ id, name: id, weight: 50 }));
  const plan = usualPlan({ metric: "conversion", windowHours: 168 });
  await database.db.insert(experiment).values({
    ...{
      id: experimentId,
      workspaceId: maker.session.workspaceId,
      flowId,
      key: "words",
      kind: "split",
      nodeId: "split",
    },
    ...{ title: "Words", state: "running", plan, arms, startedAt: start, createdAt: start, updatedAt: start },
  });
});

async function addChannel(name: string): Promise<string> {
  const id = newId();
  const sealed = { tokenSealed: "", appSecretSealed: "", verifyTokenSealed: "" };
  await database.db.insert(channel).values({
    ...{ id, workspaceId: maker.session.workspaceId, provider: "meta-cloud", name, phone: "+15550001111" },
    ...{ phoneNumberId: id, accountId: id, baseUrl: "http://127.0.0.1:1", hookToken: id, ...sealed, createdAt: start },
  });
  return id;
}

type Given = { arm: string; people: number; channelId?: string; fails?: boolean; converts?: boolean };

/** People who were sent one message; each a minute after the one before. */
async function addPeople({ arm, people, channelId, fails = false, converts = false }: Given): Promise<string[]> {
  const { workspaceId } = maker.session;
  const rows = Array.from({ length: people }, (_, nth) => {
    const contactId = newId();
    const at = new Date(start.getTime() + nth * 60_000);
    return { workspaceId, contactId, shard: shardOf(workspaceId, contactId), at, nth };
  });
  const enrollmentId = newId();
  await database.db.insert(contact).values(
    rows.map(({ contactId: id, shard, nth }) => ({
      ...{
        id,
        workspaceId,
        shard,
        firstName: `${arm} ${nth}`,
        lastName: "Diop",
        phone: `+2217712${String(nth).padStart(5, "0")}`,
      },
    })),
  );
  await database.db.insert(assignment).values(
    rows.map(({ contactId, at }) => ({
      experimentId,
      contactId,
      workspaceId,
      arm,
      at,
      enrollmentId,
      versionId: newId(),
    })),
  );
  await database.db.insert(message).values(
    rows.map(({ nth: _, at, ...row }) => ({
      ...{ ...row, id: newId(), direction: "outbound" as const, flowId, type: "template", template: `offer_${arm}` },
      ...{
        createdAt: at,
        sentAt: at,
        channelId: channelId ?? null,
        status: fails ? ("failed" as const) : ("sent" as const),
      },
      ...(fails && { failedAt: at, reason: "undeliverable", errorCode: 131_026 }),
    })),
  );
  if (converts)
    await database.db.insert(enrollment).values(
      rows.map(({ nth: _, at, ...row }) => ({
        ...{ ...row, id: newId(), flowId, versionId: newId(), key: "", eventId: newId(), status: "ended" as const },
        ...{ state: {} as never, enteredAt: at, goalAt: new Date(at.getTime() + hourMs) },
      })),
    );
  return rows.map(({ contactId }) => contactId);
}

const behind = (actor: Actor, asked: Partial<Parameters<typeof listBehind>[1]> = {}) =>
  listBehind(actor, { experimentId, arm: "warm", metric: "conversion", place: "table", ...asked });

test("behind a number stand as many people as it says, page by page, the newest first", async () => {
  const ids = await addPeople({ arm: "warm", people: 60, converts: true });
  await addPeople({ arm: "warm", people: 30 });
  await addPeople({ arm: "plain", people: 5, converts: true });
  const { result } = await readExperiment(maker, { experimentId });
  expect(result?.metrics[0]?.arms).toMatchObject([{ sum: 5 }, { n: 90, sum: 60 }]);
  const first = await behind(maker);
  expect(first.rows).toHaveLength(50);
  expect(first.rows[0]).toMatchObject({ firstName: "warm 59", phone: "+221 ••• 00 59", template: "offer_warm" });
  const second = await behind(maker, { cursor: first.after });
  expect(second.after).toBeNull();
  expect([...first.rows, ...second.rows].map(({ contactId }) => contactId)).toEqual(ids.toReversed());
  expect(
    (await behind(maker, { metric: null, cursor: (await behind(maker, { metric: null })).after })).rows,
  ).toHaveLength(40);
});

test("the message that a number rests on says what became of it", async () => {
  await addPeople({ arm: "warm", people: 3, fails: true });
  const { rows } = await behind(maker, { metric: "failed", place: "funnel" });
  expect(rows).toHaveLength(3);
  expect(rows[0]).toMatchObject({ status: "failed", reason: "undeliverable", errorCode: 131_026 });
});

test("who may not see people is shown none, and another workspace nothing", async () => {
  await addPeople({ arm: "warm", people: 2, converts: true });
  const analyst = {
    ...(await joinWorkspace(database.db, maker.session.workspaceId, { role: "analyst" })),
    clock: maker.clock,
  };
  const { rows } = await behind(analyst);
  expect(rows).toHaveLength(2);
  expect(rows[0]).toMatchObject({ firstName: null, lastName: null, phone: null, template: "offer_warm" });
  await expect(behind(await testActor(database.db))).rejects.toMatchObject({ code: "not-found" });
  await expect(behind(maker, { arm: "third" })).rejects.toMatchObject({ code: "bad-input" });
  await expect(behind(maker, { metric: "happiness" })).rejects.toMatchObject({ code: "bad-input" });
});

test("shares are held against each number that messages left by: one of them alone may be off", async () => {
  const [one, other] = [await addChannel("Bank"), await addChannel("Cards")];
  await addPeople({ arm: "plain", people: 300, channelId: one });
  await addPeople({ arm: "warm", people: 290, channelId: one });
  expect((await readExperiment(maker, { experimentId })).result?.numbers).toMatchObject([
    { name: "Bank", status: "ok" },
  ]);
  await addPeople({ arm: "plain", people: 60, channelId: other });
  await addPeople({ arm: "warm", people: 140, channelId: other });
  const { result } = await readExperiment(maker, { experimentId });
  expect(result?.numbers).toMatchObject([
    {
      name: "Bank",
      status: "ok",
      arms: [
        { arm: "plain", seen: 300 },
        { arm: "warm", seen: 290 },
      ],
    },
    { name: "Cards", status: "mismatch", arms: [{ seen: 60 }, { seen: 140 }] },
  ]);
});

test("no number is told while an arm has sent nothing", async () => {
  await addPeople({ arm: "plain", people: 200, channelId: await addChannel("Bank") });
  await addPeople({ arm: "warm", people: 200 });
  expect((await readExperiment(maker, { experimentId })).result?.numbers).toEqual([]);
});
