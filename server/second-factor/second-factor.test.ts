import { eq, sql } from "drizzle-orm";
import { Secret, TOTP } from "otpauth";
import { afterAll, beforeAll, expect, test } from "vitest";
import { audit, session as sessionTable, twoFactor } from "#db/schema/index.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.ts";
import { type Auth, createAuth } from "#server/auth/create-auth.ts";
import type { Role } from "#server/auth/permissions.ts";
import { readSessionWith } from "#server/auth/session.ts";
import { systemClock } from "#server/clock.ts";
import { type Env, readEnv } from "#server/env.ts";
import { newId } from "#server/id.ts";
import { appRouter } from "#server/router.ts";
import { addPerson } from "#server/workspace/add-person.ts";
import { createWorkspace } from "#server/workspace/create-workspace.ts";

let database: TestDatabase;
let env: Env;
let auth: Auth;
let slug: string;

beforeAll(async () => {
  database = await createTestDatabase();
  env = readEnv({ DATABASE_URL: database.url, CHASQUI_SECRET: "ab".repeat(32), CHASQUI_DEMO: "1" });
  auth = createAuth(database.db, env, () => Promise.resolve(systemClock));
  const wish = { name: "A bank", timezone: "UTC", language: "en", ownerName: "O", ownerEmail: "o@bank.test" } as const;
  slug = (await createWorkspace(database.db, systemClock, wish)).slug;
});
afterAll(() => database.drop());

const origin = "http://localhost:3000";
async function post(
  path: string,
  body: object,
  cookie = "",
): Promise<{ status: number; cookie: string; text: string }> {
  const headers = { "content-type": "application/json", origin, cookie };
  const request = new Request(`${origin}/api/auth/${path}`, { method: "POST", headers, body: JSON.stringify(body) });
  const answer = await auth.handler(request);
  const kept = answer.headers.getSetCookie().filter((one) => !/Max-Age=0/i.test(one));
  const own = kept.map((one) => one.split(";")[0]).join("; ");
  return { status: answer.status, cookie: own, text: await answer.text() };
}
const sessionOf = (cookie: string) => readSessionWith({ auth, db: database.db }, new Headers({ cookie }));

/** A new person with a password, signed in by it. */
async function newPerson(role: Role = "checker") {
  const email = `${newId()}@bank.test`;
  const person = { workspace: slug, name: "Somebody", email, role, language: "en" } as const;
  const { password } = await addPerson(database.db, systemClock, person);
  const { cookie } = await post("sign-in/email", { email, password });
  return { email, password, cookie };
}
async function callerOf(cookie: string) {
  const session = await sessionOf(cookie);
  return appRouter.createCaller({ db: database.db, clock: systemClock, env, session });
}
type Person = Awaited<ReturnType<typeof newPerson>>;

/** Sets a second factor up with the code of now; that of the next half minute counts too, and is left. */
async function enroll({ cookie, password }: Person) {
  const caller = await callerOf(cookie);
  const { secret, recoveryCodes } = await caller.secondFactor.start({ password });
  const app = new TOTP({ secret: Secret.fromBase32(secret) });
  const base = Date.now();
  const codeAt = (steps: number) => app.generate({ timestamp: base + steps * 30_000 });
  await caller.secondFactor.finish({ code: codeAt(0) });
  return { codeAt, recoveryCodes };
}
const secondStep = async ({ email, password }: Person, code: string, more: object = {}) => {
  const { cookie } = await post("sign-in/email", { email, password });
  const path = /^\d+$/.test(code) ? "two-factor/verify-totp" : "two-factor/verify-backup-code";
  return post(path, { code, ...more }, cookie);
};

test("With a second factor the password alone signs nobody in; a code does, once, and counts as shown", async () => {
  const person = await newPerson();
  const { codeAt } = await enroll(person);
  const half = await post("sign-in/email", { email: person.email, password: person.password });
  expect(half.text).toContain("twoFactorRedirect");
  expect(await sessionOf(half.cookie)).toBeNull();
  expect((await secondStep(person, codeAt(0))).status, "the code it was set up with").toBe(401);
  const whole = await secondStep(person, codeAt(1));
  expect((await sessionOf(whole.cookie))?.signIn).toMatchObject({
    hasSecondFactor: true,
    confirmedAt: expect.any(Date),
  });
  expect((await secondStep(person, codeAt(1))).text).toContain("CODE_USED");
});

test("Two that send the same code at once: one comes in", async () => {
  const person = await newPerson();
  const { codeAt } = await enroll(person);
  const both = await Promise.all([secondStep(person, codeAt(1)), secondStep(person, codeAt(1))]);
  expect(both.map(({ status }) => status).sort()).toEqual([200, 401]);
});

test("A recovery code signs in once, and no browser is trusted without a code", async () => {
  const person = await newPerson();
  const { recoveryCodes, codeAt } = await enroll(person);
  expect((await secondStep(person, recoveryCodes[0] ?? "")).status).toBe(200);
  expect((await secondStep(person, recoveryCodes[0] ?? "")).status).toBe(401);
  const userId = (await sessionOf(person.cookie))?.userId ?? "";
  const rows = await database.db.select().from(audit).where(eq(audit.subjectId, userId));
  expect(rows.filter(({ action }) => action === "sign-in-with-recovery-code")).toMatchObject([
    { actor: userId, detail: { recoveryCodesLeft: recoveryCodes.length - 1 } },
  ]);
  expect((await secondStep(person, codeAt(1), { trustDevice: true })).status).toBe(400);
});

test("Sessions that came in with a password alone end when a second factor is set up; the own one stays", async () => {
  const person = await newPerson();
  const other = await post("sign-in/email", { email: person.email, password: person.password });
  await enroll(person);
  expect(await sessionOf(other.cookie)).toBeNull();
  expect(await sessionOf(person.cookie)).not.toBeNull();
});

test("What asks for it is refused until the second factor is shown, and again some minutes later", async () => {
  const person = await newPerson();
  const { codeAt } = await enroll(person);
  const decide = async () =>
    (await callerOf(person.cookie)).approvals
      .decide({ approvalId: newId(), verdict: "approve" })
      .catch((error) => error);
  expect(await decide()).toMatchObject({ code: "NOT_FOUND" });
  const userId = (await sessionOf(person.cookie))?.userId ?? "";
  const age = (minutes: number) =>
    database.db
      .update(sessionTable)
      .set({ secondFactorAt: new Date(Date.now() - minutes * 60_000) })
      .where(eq(sessionTable.userId, userId));
  await age(11);
  expect(await decide()).toMatchObject({ code: "FORBIDDEN", cause: { detail: { secondFactor: "confirm" } } });
  const caller = await callerOf(person.cookie);
  await expect(caller.secondFactor.confirm({ code: codeAt(0) })).rejects.toThrow("used already");
  await caller.secondFactor.confirm({ code: codeAt(1) });
  expect(await decide()).toMatchObject({ code: "NOT_FOUND" });
  const rows = await database.db.select().from(audit).where(eq(audit.actor, userId)).orderBy(audit.sequence);
  expect(rows.map((row) => row.action)).toEqual(["enroll-second-factor", "confirm-second-factor"]);
});

test("Five wrong codes shut the door for a while, for right ones too, and that is audited", async () => {
  const person = await newPerson();
  const { codeAt } = await enroll(person);
  const caller = await callerOf(person.cookie);
  const wrong = ["000000", "111111", "222222", "333333", "444444"].map((code) =>
    code === codeAt(1) ? "555555" : code,
  );
  for (const code of wrong.slice(0, 4))
    await expect(caller.secondFactor.confirm({ code })).rejects.toThrow("not right");
  await expect(caller.secondFactor.confirm({ code: wrong[4] ?? "" })).rejects.toMatchObject({
    code: "TOO_MANY_REQUESTS",
  });
  await expect(caller.secondFactor.confirm({ code: codeAt(1) })).rejects.toThrow("Too many");
  expect((await secondStep(person, codeAt(1))).status).toBe(429);
  const userId = (await sessionOf(person.cookie))?.userId ?? "";
  const rows = await database.db.select().from(audit).where(eq(audit.actor, userId)).orderBy(audit.sequence);
  expect(rows.at(-1)?.action).toBe("lock-second-factor");
  await database.db
    .update(twoFactor)
    .set({ lockedUntil: sql`now() - interval '1 second'` })
    .where(eq(twoFactor.userId, userId));
  await caller.secondFactor.confirm({ code: codeAt(1) });
});

test("Setting one up takes the password, and wrong ones are counted", async () => {
  const caller = await callerOf((await newPerson()).cookie);
  for (let tries = 0; tries < 4; tries += 1)
    await expect(caller.secondFactor.start({ password: "guess" })).rejects.toThrow("not your password");
  await expect(caller.secondFactor.start({ password: "guess" })).rejects.toMatchObject({ code: "TOO_MANY_REQUESTS" });
});

test("It is removed with a code, and the codes of before are gone", async () => {
  const person = await newPerson();
  const { codeAt } = await enroll(person);
  const caller = await callerOf(person.cookie);
  await expect(caller.secondFactor.remove({ code: "000000" })).rejects.toThrow("not right");
  await caller.secondFactor.remove({ code: codeAt(1) });
  const again = await post("sign-in/email", { email: person.email, password: person.password });
  expect((await sessionOf(again.cookie))?.signIn?.hasSecondFactor).toBe(false);
});

test("New recovery codes take the place of the old ones", async () => {
  const person = await newPerson();
  const { codeAt, recoveryCodes } = await enroll(person);
  const caller = await callerOf(person.cookie);
  const renewed = await caller.secondFactor.renewCodes({ code: codeAt(1) });
  expect((await secondStep(person, recoveryCodes[0] ?? "")).status).toBe(401);
  expect((await secondStep(person, renewed.recoveryCodes[0] ?? "")).status).toBe(200);
  expect(await caller.secondFactor.read()).toMatchObject({ isOn: true, recoveryCodesLeft: 9 });
});

test("Where approvers need one, nobody decides without; and only who has one may ask it of others", async () => {
  const [owner, checker] = [await newPerson("owner"), await newPerson("checker")];
  const rule = { isNeeded: true };
  await expect((await callerOf(owner.cookie)).secondFactor.setApproverRule(rule)).rejects.toThrow(
    "your own second factor",
  );
  await enroll(owner);
  await (await callerOf(owner.cookie)).secondFactor.setApproverRule(rule);
  const decide = async () =>
    (await callerOf(checker.cookie)).approvals
      .decide({ approvalId: newId(), verdict: "approve" })
      .catch((error) => error);
  expect(await decide()).toMatchObject({ code: "FORBIDDEN", cause: { detail: { secondFactor: "enroll" } } });
  expect(await (await callerOf(checker.cookie)).secondFactor.read()).toMatchObject({ isOn: false, isNeeded: true });
  await enroll(checker);
  expect(await decide()).toMatchObject({ code: "NOT_FOUND" });
  await (await callerOf(owner.cookie)).secondFactor.setApproverRule({ isNeeded: false });
});

test("A machine may nothing that asks for a second factor", async () => {
  const session = await sessionOf((await newPerson("owner")).cookie);
  if (!session) throw new Error("Nobody is signed in.");
  const caller = appRouter.createCaller({
    db: database.db,
    clock: systemClock,
    env,
    session: { ...session, signIn: null },
  });
  await expect(caller.approvals.decide({ approvalId: newId(), verdict: "approve" })).rejects.toMatchObject({
    code: "FORBIDDEN",
  });
});
