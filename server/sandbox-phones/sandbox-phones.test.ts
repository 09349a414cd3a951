import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { contact } from "#db/schema/index.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.ts";
import { newId } from "#server/id.ts";
import { testActor } from "#server/test-actor.ts";
import type { Actor } from "#server/trpc.ts";
import { setPhone } from "./act-on-phone.ts";
import { sendEvent } from "./send-event.ts";
import { writeAsCustomer } from "./write-as-customer.ts";

/** Nothing listens on port 1 of this machine: sandbox and door are away. */
const nobodyHome = 1;

let database: TestDatabase;
let ours: Actor;
let theirs: Actor;
let contactId: string;

beforeAll(async () => {
  database = await createTestDatabase();
  ours = await demoActor();
  theirs = await demoActor();
  contactId = newId();
  await database.db.insert(contact).values({
    id: contactId,
    workspaceId: ours.session.workspaceId,
    shard: 0,
    externalId: "demo-awa",
    phone: "+221770000101",
  });
});
afterAll(() => database.drop());

async function demoActor(): Promise<Actor> {
  const actor = await testActor(database.db);
  return { ...actor, env: { ...actor.env, isDemo: true, sandboxPort: nobodyHome, doorPort: nobodyHome } };
}

const acts: [string, (actor: Actor) => Promise<unknown>][] = [
  ["write as the customer", (actor) => writeAsCustomer(actor, { contactId, content: { kind: "text", text: "STOP" } })],
  ["switch the phone off", (actor) => setPhone(actor, { contactId, phone: "off" })],
  ["send an event", (actor) => sendEvent(actor, { contactId, name: "kyc.incomplete", properties: {} })],
];

describe.each(acts)("%s", (_, act) => {
  test("is not found for another workspace, although the person is known", () =>
    expect(act(theirs)).rejects.toMatchObject({ code: "not-found" }));

  test("does not exist outside a demo", () =>
    expect(act({ ...ours, env: { ...ours.env, isDemo: false } })).rejects.toMatchObject({ code: "not-found" }));

  test("says to try again while the other process is away", () =>
    expect(act(ours)).rejects.toMatchObject({ code: "unavailable", message: expect.stringContaining("try again") }));
});
