import { createHash, randomBytes } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import pg from "pg";
import { connect, type Database } from "./client.ts";
import { migrateDatabase, migrationsFolder } from "./migrate.ts";

export type TestDatabase = { url: string; db: Database; pool: pg.Pool; drop: () => Promise<void> };

/**
 * A fresh, migrated, empty database of one's own on the Postgres at TEST_DATABASE_URL (vitest.setup.ts starts one when the
 * variable is unset). Call `drop` in afterAll.
 */
export async function createTestDatabase(): Promise<TestDatabase> {
  const admin = adminUrl();
  const template = await ensureTemplate();
  const name = `test_${randomBytes(6).toString("hex")}`;
  await withClient(admin, (client) => client.query(`create database ${name} template ${template} strategy file_copy`));
  const url = urlOf(admin, name);
  const { pool, db } = connect(url, { name: "test", max: 10, onError: () => undefined });
  const drop = async () => {
    await pool.end();
    await withClient(admin, (client) => client.query(`drop database if exists ${name} with (force)`));
  };
  return { url, db, pool, drop };
}

/** Makes the migrated database that the others are copied from, once per set of migrations. Answers its name. */
export async function ensureTemplate(): Promise<string> {
  const admin = adminUrl();
  const name = `template_${migrationsHash()}`;
  await withClient(admin, async (client) => {
    await client.query("select pg_advisory_lock(4207719002)");
    const { rows } = await client.query<{ datallowconn: boolean }>(
      "select datallowconn from pg_database where datname = $1",
      [name],
    );
    if (rows[0]?.datallowconn === false) return;
    // Left half-made by a killed run.
    await client.query(`drop database if exists ${name} with (force)`);
    await client.query(`create database ${name}`);
    await migrateDatabase(urlOf(admin, name));
    // Nobody may connect any more: a template with a connection cannot be copied.
    await client.query(`alter database ${name} allow_connections false`);
  });
  return name;
}

function adminUrl(): string {
  const url = process.env.TEST_DATABASE_URL;
  if (!url) throw new Error("TEST_DATABASE_URL is not set: run tests with vitest, whose set-up starts a Postgres.");
  return url;
}

function urlOf(admin: string, database: string): string {
  const url = new URL(admin);
  url.pathname = `/${database}`;
  return url.toString();
}

function migrationsHash(): string {
  const hash = createHash("sha256");
  const files = readdirSync(migrationsFolder).filter((file) => file.endsWith(".sql"));
  for (const file of files.sort()) hash.update(readFileSync(path.join(migrationsFolder, file)));
  return hash.digest("hex").slice(0, 12);
}

async function withClient(url: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
