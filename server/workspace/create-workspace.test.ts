import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { accessKey, member } from "#db/schema/index.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.ts";
import { fingerprint } from "../secret.ts";
import { addPerson } from "./add-person.ts";
import { createWorkspace } from "./create-workspace.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const wish = {
  name: "Crédit du Sud",
  timezone: "Africa/Dakar",
  language: "fr" as const,
  ownerName: "Ada",
  ownerEmail: "ada@sud.example",
};
const clock = { now: () => new Date("2026-11-22T10:00:00Z") };

test("A new workspace has an owner and two keys that are kept only as fingerprints", async () => {
  const made = await createWorkspace(database.db, clock, wish);
  const members = await database.db.select().from(member).where(eq(member.workspaceId, made.workspaceId));
  expect(members.map((row) => row.role)).toEqual(["owner"]);
  const keys = await database.db.select().from(accessKey).where(eq(accessKey.workspaceId, made.workspaceId));
  expect(new Map(keys.map((row) => [row.kind, row.hash]))).toEqual(
    new Map([
      ["write", fingerprint(made.writeKey)],
      ["rest", fingerprint(made.restKey)],
    ]),
  );
});

test("An address that has an account already is refused, and nothing is left behind", async () => {
  await createWorkspace(database.db, clock, { ...wish, ownerEmail: "twice@sud.example" });
  const before = await database.db.$count(member);
  await expect(createWorkspace(database.db, clock, { ...wish, ownerEmail: "twice@sud.example" })).rejects.toThrow(
    "has an account already",
  );
  expect(await database.db.$count(member)).toBe(before);
});

test("Somebody is added with a role, once, and only to a workspace that is there", async () => {
  const { slug, workspaceId } = await createWorkspace(database.db, clock, { ...wish, ownerEmail: "first@sud.example" });
  const person = { workspace: slug, name: "Issa", email: "issa@sud.example", role: "checker", language: "fr" } as const;
  const { password } = await addPerson(database.db, clock, person);
  expect(password.length).toBeGreaterThan(12);
  const members = await database.db.select().from(member).where(eq(member.workspaceId, workspaceId));
  expect(members.map((row) => row.role).sort()).toEqual(["checker", "owner"]);
  await expect(addPerson(database.db, clock, person)).rejects.toThrow("has an account already");
  await expect(addPerson(database.db, clock, { ...person, workspace: "nowhere" })).rejects.toThrow("no workspace");
});
