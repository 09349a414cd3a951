import { createHash, createHmac, pbkdf2Sync, randomBytes } from "node:crypto";
import pg from "pg";

/** An arbitrary number that only this program locks. */
const roleLock = 4_207_719_003;

/** Tables that the product adds rows to and nobody changes: it may not update, delete or truncate them. */
const appendOnly = ["audit"];

/**
 * Makes the login that web, door and workers use, and answers the database's address as that login; null where this server does not let
 * us (no right to create roles, or the login is refused): then everything runs as the owner, and only the trigger guards the audit log.
 * The login owns every table but those that only grow, of which it may read and add rows: a change is refused by permission, and it
 * cannot take the trigger away. Safe to repeat and to run in several places at once. `url` is the owner's, `secret` the installation's.
 */
export async function prepareAppRole(url: string, secret: string): Promise<string | null> {
  const client = new pg.Client({ connectionString: url, application_name: "chasqui-migrate" });
  client.on("error", () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string; may: boolean }>(
      `select current_database() as name, rolsuper or rolcreaterole as may from pg_roles where rolname = current_user`,
    );
    const [database] = rows;
    if (!database?.may) return null;
    const role = roleOf(database.name);
    const password = createHmac("sha256", secret).update(`database login ${role}`).digest("base64url");
    await client.query("select pg_advisory_lock($1)", [roleLock]);
    await client.query("begin");
    try {
      for (const statement of await statementsFor(client, { role, password })) await client.query(statement);
      await client.query("commit");
    } catch (error) {
      await client.query("rollback");
      if (isRefusal(error)) return null;
      throw error;
    }
    const appUrl = new URL(url);
    appUrl.username = role;
    appUrl.password = password;
    return (await isUsable(appUrl.toString())) ? appUrl.toString() : null;
  } finally {
    await client.end();
  }
}

/** Logins belong to a server, not to a database: two installations on one server have one each. */
const roleOf = (database: string): string => `${database.slice(0, 55)}_app`;

type Login = { role: string; password: string };

async function statementsFor(client: pg.Client, { role, password }: Login): Promise<string[]> {
  const app = client.escapeIdentifier(role);
  const known = await client.query("select from pg_roles where rolname = $1", [role]);
  const { rows } = await client.query<{ owned: string }>(
    `select c.oid::regclass::text as owned
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'public' and (c.relkind in ('r', 'p', 'v', 'm') or c.relkind = 'S' and not exists (
         -- A column's own sequence goes with its table.
         select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype in ('a', 'i')
       ))
       and c.relname <> all($1) and pg_get_userbyid(c.relowner) <> $2`,
    [appendOnly, role],
  );
  const superuser = await client.query("select from pg_roles where rolname = current_user and rolsuper");
  return [
    `${known.rowCount ? "alter" : "create"} role ${app} login nosuperuser nocreatedb nocreaterole noreplication nobypassrls
       password ${client.escapeLiteral(scramOf(password))}`,
    // So that the owner can go on changing what is the login's from now on; a superuser can anyway.
    ...(superuser.rowCount ? [`grant pg_read_all_stats to ${app}`] : [`grant ${app} to current_user`]),
    `grant usage, create on schema public to ${app}`,
    ...rows.map(({ owned }) => `alter table ${owned} owner to ${app}`),
    ...appendOnly.flatMap((table) => [
      `revoke all on ${table} from ${app}`,
      `grant select, insert on ${table} to ${app}`,
    ]),
  ];
}

/** What a server keeps of a password (RFC 5803), so that no log of statements ever holds the password itself. */
function scramOf(password: string): string {
  const [salt, iterations] = [randomBytes(16), 4_096];
  const salted = pbkdf2Sync(password, salt, iterations, 32, "sha256");
  const hmac = (key: Buffer, text: string) => createHmac("sha256", key).update(text).digest();
  const stored = createHash("sha256").update(hmac(salted, "Client Key")).digest("base64");
  const server = hmac(salted, "Server Key").toString("base64");
  return `SCRAM-SHA-256$${iterations}:${salt.toString("base64")}$${stored}:${server}`;
}

/** The server does not let us: 42501 no right, 0LP01 and 0P000 about roles, 55006 a role in use elsewhere, 2BP01 things that hang on it. */
const isRefusal = (error: unknown): boolean =>
  error instanceof Error &&
  "code" in error &&
  ["42501", "0LP01", "0P000", "55006", "2BP01"].includes(String(error.code));

/** A pooler or pg_hba.conf may not know the login. */
async function isUsable(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on("error", () => undefined);
  try {
    await client.connect();
    await client.query("select from audit limit 1");
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}
