import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { mail, notification, user, workspace } from "#db/schema/index.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.ts";
import { newId } from "#server/id.ts";
import { makeDays } from "./days.ts";
import { forget } from "./forget.ts";
import { readKeepDays } from "./keep-days.ts";

const dayMs = 86_400_000;
/** Noon of the last day of "before": the database may have been made on another day than today's. */
let today: Date;
const inDays = (days: number) => new Date(today.getTime() + days * dayMs);
const keep = readKeepDays({
  CHASQUI_KEEP_EVENTS_DAYS: "30",
  CHASQUI_KEEP_PATHS_DAYS: "60",
  CHASQUI_KEEP_MESSAGES_DAYS: "90",
  CHASQUI_KEEP_FAILURES_DAYS: "10",
});

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  const { rows } = await database.pool.query<{ until: Date }>(
    `select substring(pg_get_expr(relpartbound, oid) from 'TO \\(''([^'']+)''\\)')::timestamptz as until
     from pg_class where relname = 'event_before'`,
  );
  today = new Date((rows[0]?.until.getTime() ?? Number.NaN) - dayMs / 2);
});
afterAll(() => database.drop());

const run = (text: ReturnType<typeof sql>) => database.db.execute(text);
async function count(table: string): Promise<number> {
  const { rows } = await database.pool.query(`select count(*)::integer as n from ${table}`);
  return rows[0]?.n ?? 0;
}

const addEvents = (rows: number, at: Date) =>
  run(sql`
    insert into event (id, received_at, workspace_id, shard, contact_id, message_id, type, name, properties, occurred_at)
    select gen_random_uuid(), ${at.toISOString()}::timestamptz, gen_random_uuid(), 0, gen_random_uuid(), n::text, 'track', 'x', '{}', now()
    from generate_series(1, ${rows}) n`);
const addMessage = (id: string, at: Date) =>
  run(sql`
    insert into message (id, workspace_id, shard, contact_id, direction, type, status, created_at)
    values (${id}, ${newId()}, 0, ${newId()}, 'outbound', 'template', 'queued', ${at.toISOString()}::timestamptz)`);
async function partitionOf(name: string): Promise<string[]> {
  const { rows } = await database.pool.query(
    `select distinct tableoid::regclass::text as name from ${name} order by 1`,
  );
  return rows.map((row) => row.name);
}
const nameOf = (at: Date) => `event_${at.toISOString().slice(0, 10).replaceAll("-", "_")}`;

test("the days ahead are made once, and an event goes to its own", async () => {
  const made = await makeDays(database.pool, today);
  expect(made).toContain(nameOf(inDays(1)));
  expect(made.filter((name) => name.startsWith("trace_"))).toHaveLength(4);
  expect(await makeDays(database.pool, today)).toEqual([]);
  await addEvents(3, inDays(0));
  await addEvents(3, inDays(2));
  expect(await partitionOf("event")).toEqual(["event_before", nameOf(inDays(2))].toSorted());
});

test("what no day was made for has its place all the same, and that day is made no more", async () => {
  await addEvents(5, inDays(200));
  expect(await partitionOf("event")).toContain("event_rest");
  const made = await makeDays(database.pool, inDays(200));
  expect(made).not.toContain(nameOf(inDays(200)));
  expect(made).toContain(nameOf(inDays(201)));
});

test("what is too old among what was there before there were days goes, and the rest of it stays", async () => {
  await addEvents(4, inDays(-40));
  const options = { now: inDays(0), keep };
  expect(await forget(database.pool, { ...options, isDryRun: true })).toEqual([
    { kind: "events", table: "event_before", rows: 4 },
  ]);
  await forget(database.pool, options);
  expect(await count("event_before")).toBe(3);
});

test("a dry run tells what the real one then forgets, and neither touches what is kept", async () => {
  await addEvents(12_000, inDays(201));
  const [waiting, old, young] = [newId(), newId(), newId()];
  await addMessage(waiting, inDays(0));
  await addMessage(old, inDays(0));
  await addMessage(young, inDays(150));
  await run(sql`
    insert into outbox (message_id, workspace_id, shard, contact_id, lane, request, not_before, created_at)
    values (${waiting}, ${newId()}, 0, ${newId()}, 2, '{}', now(), now())`);
  await run(
    sql`insert into cap_counter select ${newId()}, gen_random_uuid(), day, 1 from unnest(array['2026-01-01', '2030-01-01']) day`,
  );
  const options = { now: inDays(231), keep };
  await database.pool.query("analyze");
  const told = await forget(database.pool, { ...options, isDryRun: true });
  const names = told.map(({ table, rows }) => `${table} ${rows}`);
  expect(names).toContain("event_before 3");
  expect(names).toContain(`${nameOf(inDays(2))} 3`);
  expect(names).toContain("message 1");
  expect(names).toContain("cap_counter 1");
  expect(names).toContain("event_rest 5");
  expect(await count("event")).toBe(12_011);
  expect(await forget(database.pool, options)).toEqual(told);
  expect(await count("event")).toBe(12_000);
  expect(await count("message")).toBe(2);
  expect(await count("cap_counter")).toBe(1);
  expect(await forget(database.pool, options)).toEqual([]);
});

test("links and sign-ups that nobody can answer any more are forgotten a month after their end", async () => {
  const links = (ends: number) =>
    run(sql`
    insert into opt_in_link (code, workspace_id, contact_id, created_by, created_at, expires_at)
    values (${newId()}, ${newId()}, ${newId()}, ${newId()}, now(), ${inDays(ends).toISOString()}::timestamptz)`);
  const signUps = (ends: number) =>
    run(sql`
    insert into opt_in_sign_up (id, workspace_id, form_id, confirm_code, phone, language, wordings, ip_hash, user_agent, expires_at)
    values (${newId()}, ${newId()}, ${newId()}, 'K7P2QX9M', '+221771234567', 'en', '{}', 'x', 'x', ${inDays(ends).toISOString()}::timestamptz)`);
  for (const ends of [-31, -29]) {
    await links(ends);
    await signUps(ends);
  }
  const gone = await forget(database.pool, { now: inDays(0), keep });
  expect(gone.map(({ table, rows }) => `${table} ${rows}`)).toEqual(
    expect.arrayContaining(["opt_in_link 1", "opt_in_sign_up 1"]),
  );
  expect(await count("opt_in_link")).toBe(1);
  expect(await count("opt_in_sign_up")).toBe(1);
  await run(sql`truncate opt_in_link, opt_in_sign_up`);
});

test("an import is forgotten with its rows a month after it ended or came in, and never while it runs", async () => {
  const addImport = async (state: string, { createdAt, endedAt }: { createdAt: Date; endedAt: Date | null }) => {
    const id = newId();
    await run(sql`
      insert into contact_import (id, workspace_id, file_name, state, columns, created_by, created_at, ended_at)
      values (${id}, ${workspaceId}, ${state}, ${state}, '[]', ${newId()}, ${createdAt.toISOString()}::timestamptz,
              ${endedAt?.toISOString() ?? null}::timestamptz)`);
    await run(sql`
      insert into contact_import_row (import_id, row, cells, state)
      select ${id}, n, '["+221770000000"]', 'refused' from generate_series(2, 4) n`);
  };
  const workspaceId = newId();
  await run(sql`insert into workspace (id, name, slug) values (${workspaceId}, 'Bank', 'imports')`);
  await addImport("done", { createdAt: inDays(-40), endedAt: inDays(-31) });
  await addImport("mapping", { createdAt: inDays(-31), endedAt: null });
  await addImport("stopped", { createdAt: inDays(-40), endedAt: inDays(-29) });
  await addImport("running", { createdAt: inDays(-40), endedAt: null });
  const gone = await forget(database.pool, { now: inDays(0), keep });
  expect(gone.map(({ table, rows }) => `${table} ${rows}`)).toEqual(["contact_import_row 6", "contact_import 2"]);
  const { rows } = await database.pool.query<{ state: string }>("select state from contact_import order by state");
  expect(rows.map(({ state }) => state)).toEqual(["running", "stopped"]);
  expect(await count("contact_import_row")).toBe(6);
  await run(sql`truncate contact_import, contact_import_row`);
});

test("rows beyond one slice all go, and a run that was cut short is gone on with", async () => {
  await run(sql`
    insert into event_key select gen_random_uuid(), n::text, gen_random_uuid(), ${inDays(0).toISOString()}::timestamptz
    from generate_series(1, 12345) n`);
  const options = { now: inDays(231), keep };
  const cut = await forget(database.pool, { ...options, isStopping: sliceCounter(1) });
  expect(cut).toEqual([{ kind: "events", table: "event_key", rows: 5_000 }]);
  expect(await forget(database.pool, options)).toEqual([{ kind: "events", table: "event_key", rows: 7_345 }]);
});

/** "rest" of events and of paths; what was before is dropped by then. */
const emptyTables = 2;

/** Lets the first tables (nothing in them) and so many slices of the next one pass. */
function sliceCounter(slices: number): () => boolean {
  let asked = 0;
  return () => {
    asked += 1;
    return asked > emptyTables + slices;
  };
}

test("a table that somebody holds is left for another time", async () => {
  const client = await database.pool.connect();
  await client.query("begin");
  await client.query(`select * from ${nameOf(inDays(201))} limit 1`);
  const held = await forget(database.pool, { now: inDays(400), keep });
  await client.query("rollback");
  client.release();
  expect(held.map(({ table }) => table)).not.toContain(nameOf(inDays(201)));
  const later = await forget(database.pool, { now: inDays(400), keep });
  expect(later.map(({ table }) => table)).toContain(nameOf(inDays(201)));
});

test.each(["0", "-1", "1.5", "forever"])("%s is no number of days to keep something", (days) =>
  expect(() => readKeepDays({ CHASQUI_KEEP_EVENTS_DAYS: days })).toThrow(/CHASQUI_KEEP_EVENTS_DAYS/),
);

test("what people were told, and mails that are over, go after 90 days; a mail on its way does not", async () => {
  const [workspaceId, userId] = [newId(), newId()];
  await database.db.insert(workspace).values({ id: workspaceId, name: "Banco Demo", slug: workspaceId });
  await database.db.insert(user).values({ id: userId, name: "Awa Diop", email: `${userId}@demo.test` });
  const told = { workspaceId, userId, kind: "sending-held", values: {} };
  const sent = { ...told, address: "awa@demo.test", language: "en", path: "" } as const;
  for (const at of [inDays(-91), inDays(-89)]) {
    await database.db.insert(notification).values({ ...told, id: newId(), at });
    await database.db.insert(mail).values({ ...sent, id: newId(), state: "sent", createdAt: at });
  }
  await database.db.insert(mail).values({ ...sent, id: newId(), state: "waiting", createdAt: inDays(-91) });
  const forgotten = await forget(database.pool, { now: inDays(0), keep });
  expect(forgotten.filter(({ kind }) => kind === "notifications").map(({ rows }) => rows)).toEqual([1, 1]);
  expect([await count("notification"), await count("mail")]).toEqual([1, 2]);
});
