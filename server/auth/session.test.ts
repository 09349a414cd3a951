import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { member, session, user, workspace } from "#db/schema/index.ts";
import { seedDemo } from "#db/seed/seed-demo.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.ts";
import { systemClock } from "#server/clock.ts";
import { readEnv } from "#server/env.ts";
import { newId } from "#server/id.ts";
import { type Auth, createAuth } from "./create-auth.ts";
import { demoPeople } from "./demo-people.ts";
import { readSessionWith } from "./session.ts";

let database: TestDatabase;
let auth: Auth;

beforeAll(async () => {
  database = await createTestDatabase();
  const env = readEnv({ DATABASE_URL: database.url, CHASQUI_SECRET: "ab".repeat(32), CHASQUI_DEMO: "1" });
  await seedDemo(database.db, env, systemClock);
  auth = createAuth(database.db, env, () => Promise.resolve(systemClock));
});
afterAll(() => database.drop());

/** The headers a browser sends after signing in. */
async function signIn(email: string, password = "chasqui-demo"): Promise<Headers> {
  const answer = await auth.handler(
    new Request("http://localhost:3000/api/auth/sign-in/email", {
      method: "POST",
      headers: { "content-type": "application/json", origin: "http://localhost:3000" },
      body: JSON.stringify({ email, password }),
    }),
  );
  const cookies = answer.headers.getSetCookie().map((cookie) => cookie.split(";")[0]);
  return new Headers({ cookie: cookies.join("; ") });
}

const sessionOf = (headers: Headers) => readSessionWith({ auth, db: database.db }, headers);

test.each(demoPeople)("$email signs in as $role", async ({ email, name, role }) => {
  const [demo] = await database.db.select().from(workspace).where(eq(workspace.slug, "banco-demo"));
  expect(await sessionOf(await signIn(email))).toMatchObject({ email, name, role, workspaceId: demo?.id });
});

test("a wrong password opens nothing", async () => {
  expect(await sessionOf(await signIn("owner@demo.test", "not the password"))).toBeNull();
});

test("a cookie nobody signed opens nothing", async () => {
  expect(await sessionOf(new Headers({ cookie: "chasqui.session_token=made-up.signature" }))).toBeNull();
});

test("the second tenant's owner is in the second tenant", async () => {
  const [other] = await database.db.select().from(workspace).where(eq(workspace.slug, "isolation-bank"));
  expect((await sessionOf(await signIn("owner@isolation.test")))?.workspaceId).toBe(other?.id);
});

test("whoever is taken out of the workspace is out with the next request", async () => {
  const headers = await signIn("analyst@demo.test");
  const before = await sessionOf(headers);
  await database.db.delete(member).where(eq(member.userId, before?.userId ?? ""));
  expect(await sessionOf(headers)).toBeNull();
});

test("a session that names a workspace one does not belong to opens nothing", async () => {
  const headers = await signIn("checker@demo.test");
  const before = await sessionOf(headers);
  const [other] = await database.db.select().from(workspace).where(eq(workspace.slug, "isolation-bank"));
  await database.db
    .update(session)
    .set({ activeWorkspaceId: other?.id })
    .where(eq(session.userId, before?.userId ?? ""));
  expect(await sessionOf(headers)).toBeNull();
});

test("a role we do not know opens nothing", async () => {
  const headers = await signIn("agent@demo.test");
  const before = await sessionOf(headers);
  await database.db
    .update(member)
    .set({ role: "superuser" })
    .where(eq(member.userId, before?.userId ?? ""));
  expect(await sessionOf(headers)).toBeNull();
});

test("nobody signs up by themselves", async () => {
  const answer = await auth.handler(
    new Request("http://localhost:3000/api/auth/sign-up/email", {
      method: "POST",
      headers: { "content-type": "application/json", origin: "http://localhost:3000" },
      body: JSON.stringify({ email: `${newId()}@example.com`, password: "long enough", name: "Nobody" }),
    }),
  );
  expect(answer.status).toBe(400);
  const people = await database.db.select().from(user);
  expect(people.map((person) => person.name)).not.toContain("Nobody");
});
