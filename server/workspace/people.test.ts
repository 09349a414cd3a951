import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { account, audit, invitation, mail, member, session as sessionTable, user } from "#db/schema/index.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.ts";
import type { Role } from "../auth/permissions.ts";
import { newId } from "../id.ts";
import { appRouter } from "../router.ts";
import { joinWorkspace, testActor } from "../test-actor.ts";
import type { Actor } from "../trpc.ts";
import { acceptInvitation, readInvitation } from "./accept-invitation.ts";

let database: TestDatabase;
let owner: Actor;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  owner = await enter(await testActor(database.db, { name: "Mariama" }));
});

/** Makes the actor a member, as the session of a real one was read from there. */
async function enter(actor: Actor): Promise<Actor> {
  const { userId, workspaceId, role } = actor.session;
  await database.db.insert(member).values({ id: newId(), userId, workspaceId, role });
  return actor;
}
const colleague = async (role: Role) =>
  enter(await joinWorkspace(database.db, owner.session.workspaceId, { role, name: role }));
const people = (actor: Actor = owner) => appRouter.createCaller(actor).people;
const actions = async () =>
  (
    await database.db
      .select({ action: audit.action })
      .from(audit)
      .where(eq(audit.workspaceId, owner.session.workspaceId))
      .orderBy(audit.sequence)
  ).map((row) => row.action);
const roleOf = async ({ session }: Actor) =>
  (await database.db.select().from(member).where(eq(member.userId, session.userId)))[0]?.role;

const tokenOf = (link: string) => link.split("/").at(-1) ?? "";
const form = { name: "Awa", password: "a long password", language: "fr" as const };
const wish = () => ({ email: `${newId()}@bank.test`, role: "checker" as const, language: "fr" as const });

test("The last owner can neither go nor be lowered; with a second one either can", async () => {
  const { userId } = owner.session;
  await expect(people().remove({ userId })).rejects.toThrow("last owner");
  await expect(people().changeRole({ userId, role: "maker" })).rejects.toThrow("last owner");
  expect(await roleOf(owner)).toBe("owner");
  await colleague("owner");
  await people().changeRole({ userId, role: "maker" });
  expect(await roleOf(owner)).toBe("maker");
});

test("Of two owners who remove each other at once, one stays", async () => {
  const other = await colleague("owner");
  const outcomes = await Promise.allSettled([
    people().remove({ userId: other.session.userId }),
    people(other).remove({ userId: owner.session.userId }),
  ]);
  expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  const own = and(eq(member.workspaceId, owner.session.workspaceId), eq(member.role, "owner"));
  expect(await database.db.$count(member, own)).toBe(1);
});

test("Whoever is removed has no session left, and the audit log says who did it", async () => {
  const maker = await colleague("maker");
  const { userId } = maker.session;
  const expiresAt = new Date("2027-01-01");
  await database.db.insert(sessionTable).values({ id: newId(), token: newId(), userId, expiresAt });
  await people().remove({ userId });
  expect(await database.db.$count(sessionTable, eq(sessionTable.userId, userId))).toBe(0);
  expect(await roleOf(maker)).toBeUndefined();
  expect(await actions()).toEqual(["remove-person"]);
  await expect(people().remove({ userId })).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("An invitation lets its holder in once, with the role it names", async () => {
  const asked = wish();
  const { link } = await people().invite(asked);
  const token = tokenOf(link);
  expect(await readInvitation(database.db, owner.clock, token)).toMatchObject({ email: asked.email, role: "checker" });
  await acceptInvitation(database.db, owner.clock, { ...form, token });
  const list = await people().list();
  expect(list.people).toContainEqual(expect.objectContaining({ email: asked.email, role: "checker", name: "Awa" }));
  expect(list.invitations).toEqual([]);
  await expect(acceptInvitation(database.db, owner.clock, { ...form, token })).rejects.toThrow("no longer open");
  expect(await actions()).toEqual(["invite-person", "accept-invitation"]);
  expect(await database.db.$count(mail, eq(mail.address, asked.email))).toBe(1);
});

test("The secret of a link is kept nowhere but in its mail", async () => {
  const asked = wish();
  const { link } = await people().invite(asked);
  const rows = await database.db.select().from(invitation).where(eq(invitation.email, asked.email));
  expect(JSON.stringify([rows, await database.db.select().from(audit)])).not.toContain(tokenOf(link));
});

test.each<[string, (link: { email: string }) => Promise<unknown>]>([
  [
    "taken back",
    async () => {
      const [open] = (await people().list()).invitations;
      await people().cancelInvitation({ invitationId: open?.invitationId ?? "" });
    },
  ],
  ["replaced by a newer one", ({ email }) => people().invite({ ...wish(), email })],
  [
    "too old",
    ({ email }) =>
      database.db.update(invitation).set({ expiresAt: owner.clock.now() }).where(eq(invitation.email, email)),
  ],
])("A link that is %s opens nothing", async (_, end) => {
  const asked = wish();
  const token = tokenOf((await people().invite(asked)).link);
  await end(asked);
  expect(await readInvitation(database.db, owner.clock, token)).toBeNull();
  await expect(acceptInvitation(database.db, owner.clock, { ...form, token })).rejects.toThrow("no longer open");
});

test("An address in use is not invited; whoever was removed comes back under the old account", async () => {
  const asked = wish();
  await acceptInvitation(database.db, owner.clock, { ...form, token: tokenOf((await people().invite(asked)).link) });
  await expect(people().invite(asked)).rejects.toThrow("has an account already");
  const [before] = await database.db.select().from(user).where(eq(user.email, asked.email));
  const passwordOf = async () =>
    (
      await database.db
        .select()
        .from(account)
        .where(eq(account.userId, before?.id ?? ""))
    )[0]?.password;
  const old = await passwordOf();
  await people().remove({ userId: before?.id ?? "" });
  const { link } = await people().invite({ ...asked, role: "agent" });
  await acceptInvitation(database.db, owner.clock, { ...form, name: "Awa D.", token: tokenOf(link) });
  const back = (await people().list()).people.find(({ email }) => email === asked.email);
  expect(back).toMatchObject({ userId: before?.id, name: "Awa D.", role: "agent" });
  expect(await passwordOf()).not.toBe(old);
});

test.each<Role>(["maker", "agent", "analyst"])("A %s sees no list of people", async (role) => {
  await expect(people(await colleague(role)).list()).rejects.toMatchObject({ code: "FORBIDDEN" });
});

test("A checker reads the list and changes nothing", async () => {
  const checker = await colleague("checker");
  expect((await people(checker).list()).people.length).toBe(2);
  await expect(people(checker).invite(wish())).rejects.toMatchObject({ code: "FORBIDDEN" });
});
