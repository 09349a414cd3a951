import { type Env, readEnv } from "#server/env.ts";
import { Refusal } from "./refusal.ts";

/** What a start is asked to do: the operator's environment, before the embedded database and the secrets are known. */
export type Settings = Env & {
  /** Null: run the embedded Postgres. */
  ownDatabaseUrl: string | null;
  /** CHASQUI_SECRET as given; null: keep one in CHASQUI_HOME. */
  ownSecret: string | null;
  isDev: boolean;
};

const loopback = new Set(["127.0.0.1", "::1", "localhost"]);
const notKnownYet = { DATABASE_URL: "embedded", CHASQUI_SECRET: "0".repeat(64) };

/** Reads the operator's contract. Throws a Refusal that names each wrong variable. */
export function readSettings(source: Record<string, string | undefined>, given: string[] = []): Settings {
  const set: Record<string, string | undefined> = Object.fromEntries(
    Object.entries(source).filter(([, value]) => value !== ""),
  );
  const unknown = given.filter((word) => word !== "--dev");
  if (unknown.length > 0) throw new Refusal(`${unknown.join(" ")} is not understood; the only flag is --dev.`);
  refuseUnusable(set);
  const env = checkedEnv({ ...notKnownYet, ...set });
  const ownDatabaseUrl = set.DATABASE_URL ?? null;
  // Demo people have a known password: never by default where others can reach the port or where the database may be a real one.
  const isDemo = set.CHASQUI_DEMO ? env.isDemo : loopback.has(env.host) && ownDatabaseUrl === null;
  refuseSharedPorts(env);
  return { ...env, isDemo, ownDatabaseUrl, ownSecret: set.CHASQUI_SECRET ?? null, isDev: given.includes("--dev") };
}

/** The mistakes that are made most get a sentence of their own. */
function refuseUnusable(set: Record<string, string | undefined>): void {
  for (const name of ["PORT", "DOOR_PORT", "SANDBOX_PORT"]) {
    const value = Number(set[name] ?? 1);
    if (!Number.isInteger(value) || value < 1 || value > 65_535)
      throw new Refusal(`${name} must be a port from 1 to 65535, not "${set[name]}".`);
  }
  if (set.DATABASE_URL && !/^postgres(ql)?:\/\//.test(set.DATABASE_URL)) {
    throw new Refusal("DATABASE_URL must look like postgres://user:password@host:5432/database.");
  }
}

function checkedEnv(source: Record<string, string | undefined>): Env {
  try {
    return readEnv(source);
  } catch (error) {
    throw new Refusal(error instanceof Error ? error.message : String(error));
  }
}

function refuseSharedPorts({ port, doorPort, sandboxPort }: Env): void {
  const given = Object.entries({ PORT: port, DOOR_PORT: doorPort, SANDBOX_PORT: sandboxPort });
  for (const [name, value] of given) {
    const other = given.find(([otherName, otherValue]) => otherName !== name && otherValue === value);
    if (other) throw new Refusal(`${name} and ${other[0]} are both ${value}; give each its own port.`);
  }
}
