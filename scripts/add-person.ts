import { parseArgs } from "node:util";
import { connect } from "#db/client.ts";
import { systemClock } from "#server/clock.ts";
import { AddPerson, addPerson } from "#server/workspace/add-person.ts";
import { runningDatabaseUrl } from "./stack/running-database.ts";

const usage =
  'Usage: npm run person -- --workspace my-bank-1a2b3c --name "Ada Diop" --email ada@mybank.example --role checker [--language en]';

/** Adds somebody to a workspace: the second pair of eyes of one that has just been made. Chasqui must be running, or DATABASE_URL set. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      workspace: { type: "string" },
      name: { type: "string" },
      email: { type: "string" },
      role: { type: "string" },
      language: { type: "string", default: "en" },
    },
  });
  const wish = AddPerson.safeParse(values);
  if (!wish.success)
    throw new Error(
      `${wish.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`).join(". ")}\n${usage}`,
    );
  const { db, pool } = connect(runningDatabaseUrl(), { name: "add-person", max: 1, onError: () => undefined });
  try {
    const { password } = await addPerson(db, systemClock, wish.data);
    process.stdout.write(`${wish.data.email} signs in as ${wish.data.role} with ${password} (shown once)\n`);
  } finally {
    await pool.end();
  }
}

await main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
