import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { flow, flowCase } from "#db/schema/index.ts";
import { kycReminder } from "#flow/starters/kyc-reminder.ts";
import { openTestDoor, type TestDoor } from "#server/door/test-door.ts";
import { main } from "../flows.ts";

let door: TestDoor;
beforeAll(async () => {
  door = await openTestDoor(mkdtempSync(path.join(tmpdir(), "flows-door-")));
  process.env.CHASQUI_KEY = door.tenant.restKey;
});
afterAll(() => door.close());

const newDir = () => mkdtempSync(path.join(tmpdir(), "flows-"));

/** Runs the command line against the real door; answers its exit code and what it wrote. */
async function run(dir: string, ...args: string[]) {
  const lines: string[] = [];
  const code = await main([...args, "--dir", dir, "--url", door.url], (line) => lines.push(line));
  return { code, text: lines.join("\n") };
}

const read = (dir: string, file: string) => readFileSync(path.join(dir, file), "utf8");
const write = (dir: string, file: string, text: string) => writeFileSync(path.join(dir, file), text);

test("a file goes in as a draft, comes back the same bytes, and a change on either side shows and never overwrites the other", async () => {
  const mine = newDir();
  write(mine, "kyc.yaml", JSON.stringify({ name: "KYC reminder", graph: kycReminder.graph }));
  expect(await run(mine, "push")).toMatchObject({
    code: 0,
    text: expect.stringMatching(/^made {7}kyc\.yaml \(revision 1/),
  });
  const pushed = read(mine, "kyc.yaml");
  expect(await run(mine, "diff")).toEqual({ code: 0, text: "" });

  const other = newDir();
  expect(await run(other, "pull")).toMatchObject({ code: 0, text: expect.stringContaining("kyc-reminder.yaml") });
  expect(read(other, "kyc-reminder.yaml")).toBe(pushed);
  expect((await run(other, "pull")).text).toContain("unchanged");

  write(other, "kyc-reminder.yaml", pushed.replace("name: KYC reminder", "name: KYC, kinder"));
  const changed = await run(other, "diff");
  expect(changed.code).toBe(1);
  expect(changed.text).toMatch(/changed here {2}kyc-reminder\.yaml[\s\S]*-name: KYC reminder\n\+name: KYC, kinder/);
  expect(await run(other, "pull")).toMatchObject({ code: 1, text: expect.stringContaining("not pushed") });
  expect(await run(other, "push")).toMatchObject({ code: 0, text: expect.stringContaining("revision 2") });

  write(mine, "kyc.yaml", pushed.replace("name: KYC reminder", "name: KYC, stricter"));
  const refused = await run(mine, "push");
  expect(refused).toMatchObject({
    code: 1,
    text: expect.stringMatching(/^refused {4}kyc\.yaml: .*Pull, merge and push again/),
  });
  const [stored] = await door.database.db.select().from(flow).where(eq(flow.workspaceId, door.tenant.workspaceId));
  expect(stored).toMatchObject({ name: "KYC, kinder", revision: 2 });
});

test("nothing is published that cannot run, and the file says why", async () => {
  const dir = newDir();
  write(
    dir,
    "empty.json",
    JSON.stringify({ name: "Empty", graph: { schemaVersion: 1, nodes: [], edges: [], settings: {} } }),
  );
  const pushed = await run(dir, "push", "--publish");
  expect(pushed.code).toBe(1);
  expect(pushed.text).toMatch(/made {7}empty\.json .*no-trigger[\s\S]*refused {4}empty\.json: .*no-trigger/);
  expect(JSON.parse(read(dir, "empty.json"))).toMatchObject({ revision: 1, name: "Empty" });
});

test("what runs already is published again without a new version, by a key with the scope", async () => {
  const dir = newDir();
  const graph = {
    schemaVersion: 1,
    nodes: [
      { id: "t", type: "trigger-event", position: { x: 0, y: 0 }, data: { event: "a.b", rule: { all: [] } } },
      { id: "x", type: "exit", position: { x: 0, y: 120 }, data: {} },
    ],
    edges: [{ id: "e", source: "t", sourceHandle: "next", target: "x" }],
    settings: {},
  };
  write(dir, "small.yaml", JSON.stringify({ name: "Small", graph }));
  expect((await run(dir, "push", "--publish")).text).toContain("published  small.yaml (version 1)");
  expect((await run(dir, "push", "--publish", "small.yaml")).text).toContain("published  small.yaml (version 1)");
});

test("test cases travel with their flow, both ways, and a file that says nothing of them leaves them", async () => {
  const dir = newDir();
  const facts = { id: "c1", firstName: "Awa", locale: "en", timezone: null, attributes: {}, tags: [] };
  const kept = (name: string) => ({
    name,
    start: {
      person: { name: "Awa", facts },
      ...{ hasConsent: true, event: "a.b", properties: {}, at: Date.UTC(2026, 10, 23, 10), language: "en" },
    },
    actions: [{ kind: "skip" }],
    expected: { path: ["t"] },
  });
  const name = "With cases";
  const graph = { schemaVersion: 1, nodes: [], edges: [], settings: {} };
  write(dir, "with-cases.yaml", JSON.stringify({ name, graph, cases: [kept("First"), kept("Second")] }));
  expect((await run(dir, "push")).code).toBe(0);
  const other = newDir();
  await run(other, "pull", "with-cases.yaml");
  expect(read(other, "with-cases.yaml")).toBe(read(dir, "with-cases.yaml"));

  write(other, "with-cases.yaml", read(other, "with-cases.yaml").replace("name: Second", "name: Other"));
  expect((await run(other, "diff", "with-cases.yaml")).text).toMatch(/-\s+(- )?name: Second\n\+\s+(- )?name: Other/);
  expect(await run(other, "push", "with-cases.yaml")).toMatchObject({
    code: 0,
    text: expect.stringContaining("changed"),
  });
  await run(dir, "pull", "with-cases.yaml", "--force");
  expect(read(dir, "with-cases.yaml")).toContain("name: Other");
  const [stored] = await door.database.db.select().from(flow).where(eq(flow.name, name));
  const names = async () =>
    (
      await door.database.db
        .select()
        .from(flowCase)
        .where(eq(flowCase.flowId, stored?.id ?? ""))
        .orderBy(flowCase.createdAt)
    ).map((each) => each.name);
  expect(await names()).toEqual(["First", "Other"]);

  const bare = newDir();
  write(bare, "bare.json", JSON.stringify({ id: stored?.id, revision: 2, name: "Renamed", graph }));
  expect((await run(bare, "push", "bare.json")).code).toBe(0);
  expect(await names()).toEqual(["First", "Other"]);
});

test("a file that is no flow is named with the place, and another workspace's flows are not there", async () => {
  const dir = newDir();
  write(dir, "bad.yaml", "name: x\ngraph: 5\n");
  await expect(run(dir, "push")).rejects.toThrow(/bad\.yaml is no flow: graph/);
  process.env.CHASQUI_KEY = door.other.restKey;
  const theirs = newDir();
  expect(await run(theirs, "pull")).toEqual({ code: 0, text: "" });
  expect(readdirSync(theirs)).toEqual([]);
  process.env.CHASQUI_KEY = door.tenant.restKey;
});
