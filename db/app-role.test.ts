import { randomBytes } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { tablesByDay } from "#server/engine/storage/days.ts";
import { prepareAppRole } from "./app-role.ts";
import { createTestDatabase, type TestDatabase } from "./test-database.ts";

const secret = "a".repeat(64);
let database: TestDatabase;
let app: pg.Client;
const workspaceId = "00000000-0000-7000-8000-000000000001";

async function ask(client: pg.Client, text: string): Promise<string> {
  try {
    await client.query(text);
    return "done";
  } catch (error) {
    return error instanceof Error && "code" in error ? String(error.code) : "failed";
  }
}

beforeAll(async () => {
  database = await createTestDatabase();
  const url = await prepareAppRole(database.url, secret);
  app = new pg.Client({ connectionString: url ?? "" });
  await app.connect();
  await app.query(
    `insert into workspace (id, name, slug, timezone, language) values ($1, 'Bank', 'bank', 'UTC', 'en')`,
    [workspaceId],
  );
  await app.query(
    `insert into audit (workspace_id, sequence, at, actor, action, subject, subject_id, detail, previous_hash, hash)
     values ($1, 1, now(), 'system', 'x', 'flow', 'a', '{}', '', 'h')`,
    [workspaceId],
  );
  // What stands in the way of a change is then the permission alone.
  await database.pool.query("alter table audit disable trigger audit_append_only");
});
afterAll(async () => {
  const { rows } = await app.query<{ role: string }>("select session_user as role");
  await app.end();
  await database.drop();
  const client = new pg.Client({ connectionString: process.env.TEST_DATABASE_URL });
  await client.connect();
  await client.query(`drop role if exists ${rows[0]?.role ?? "nobody_app"}`);
  await client.end();
});

describe("the login of web, door and workers", () => {
  test.each([
    ["changes a row", "update audit set actor = 'somebody else'"],
    ["takes a row out", "delete from audit"],
    ["empties it", "truncate audit"],
    ["empties it by the way of its workspace", "truncate workspace cascade"],
    ["takes the trigger away", "alter table audit disable trigger audit_append_only"],
    ["drops it", "drop table audit"],
    ["gives itself the right", "grant update on audit to current_user"],
    ["becomes the owner", "set role postgres"],
    ["becomes another owner", "set session authorization postgres"],
  ])("never %s", async (_, text) => {
    // A grant by somebody who has no right to give is a warning in Postgres and changes nothing.
    expect(["42501", "done"]).toContain(await ask(app, text));
    expect(await ask(app, "update audit set actor = 'somebody else' where false")).toBe("42501");
    const { rows } = await database.pool.query("select actor from audit");
    expect(rows).toEqual([{ actor: "system" }]);
  });

  test("reads and adds rows, and owns everything else", async () => {
    expect(await ask(app, "select * from audit")).toBe("done");
    expect(await ask(app, "update workspace set name = 'Other'")).toBe("done");
    const { rows } = await app.query(
      `select c.relname from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
         and c.relname <> 'audit' and pg_get_userbyid(c.relowner) <> current_user`,
    );
    expect(rows).toEqual([]);
  });

  test("counts on by every sequence, also those that belong to no column", async () => {
    const { rows } = await app.query<{ name: string }>(
      "select c.oid::regclass::text as name from pg_class c where c.relkind = 'S' and c.relnamespace = 'public'::regnamespace",
    );
    expect(rows.map(({ name }) => name)).toContain("worker_fence");
    for (const { name } of rows) expect([name, await ask(app, `select nextval('${name}')`)]).toEqual([name, "done"]);
  });

  test("makes and drops the days of what is kept by day", async () => {
    for (const { table } of tablesByDay) {
      const day = `create table ${table}_2001 partition of ${table} for values from ('2001-01-01') to ('2001-01-02')`;
      expect(["done", "42P17"]).toContain(await ask(app, day));
      expect(await ask(app, `drop table if exists ${table}_2001`)).toBe("done");
    }
  });

  test("ends the connections of a lost worker, which are its own", async () => {
    const other = new pg.Client({ connectionString: (await prepareAppRole(database.url, secret)) ?? "" });
    other.on("error", () => undefined);
    await other.connect();
    const { rows } = await app.query<{ ended: boolean }>(
      "select pg_terminate_backend(pid) as ended from pg_stat_activity where usename = current_user and pid <> pg_backend_pid()",
    );
    expect(rows.map(({ ended }) => ended)).toContain(true);
    await other.end().catch(() => undefined);
  });
});

test("a second start changes nothing, and a table that came meanwhile is given over", async () => {
  await database.pool.query("create table newcomer (n integer)");
  expect(await ask(app, "select * from newcomer")).toBe("42501");
  expect(await prepareAppRole(database.url, secret)).not.toBeNull();
  expect(await ask(app, "insert into newcomer values (1)")).toBe("done");
});

test("an owner who may create roles and is no superuser makes it as well, and goes on changing the tables", async () => {
  const name = `plain_${randomBytes(4).toString("hex")}`;
  await database.pool.query(`create role ${name} login createrole password 'p'`);
  const url = new URL(database.url);
  url.pathname = `/${name}`;
  url.username = name;
  url.password = "p";
  await database.pool.query(`create database ${name} owner ${name}`);
  const owner = new pg.Client({ connectionString: url.toString() });
  await owner.connect();
  await owner.query("create table audit (n integer); create table kept (n integer)");
  const appUrl = await prepareAppRole(url.toString(), secret);
  const login = new pg.Client({ connectionString: appUrl ?? "" });
  await login.connect();
  expect(await ask(login, "insert into kept values (1)")).toBe("done");
  expect(await ask(login, "insert into audit values (1)")).toBe("done");
  expect(await ask(login, "delete from audit")).toBe("42501");
  expect(await ask(owner, "alter table kept add column more integer")).toBe("done");
  await login.end();
  await owner.end();
  await database.pool.query(`drop database ${name} with (force)`);
  await database.pool.query(`drop role ${name}_app, ${name}`);
});

test("an owner without the right to create roles goes on as before", async () => {
  const name = `bare_${randomBytes(4).toString("hex")}`;
  await database.pool.query(`create role ${name} login password 'p'`);
  const url = new URL(database.url);
  url.username = name;
  url.password = "p";
  expect(await prepareAppRole(url.toString(), secret)).toBeNull();
  await database.pool.query(`drop role ${name}`);
});
