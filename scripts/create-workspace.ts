import { parseArgs } from "node:util";
import { connect } from "#db/client.ts";
import { systemClock } from "#server/clock.ts";
import { CreateWorkspace, createWorkspace } from "#server/workspace/create-workspace.ts";
import { runningDatabaseUrl } from "./stack/running-database.ts";

const usage =
  'Usage: npm run workspace -- --name "My Bank" --owner "Ada Diop" --email ada@mybank.example [--timezone Africa/Dakar] [--language en]';

/** Makes the first workspace of an installation without the demo. Chasqui must be running, or DATABASE_URL set. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      name: { type: "string" },
      owner: { type: "string" },
      email: { type: "string" },
      timezone: { type: "string", default: "UTC" },
      language: { type: "string", default: "en" },
    },
  });
  const wish = CreateWorkspace.safeParse({
    name: values.name,
    ownerName: values.owner,
    ownerEmail: values.email,
    timezone: values.timezone,
    language: values.language,
  });
  if (!wish.success)
    throw new Error(
      `${wish.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`).join(". ")}\n${usage}`,
    );
  const { db, pool } = connect(runningDatabaseUrl(), { name: "create-workspace", max: 1, onError: () => undefined });
  try {
    const made = await createWorkspace(db, systemClock, wish.data);
    process.stdout.write(
      `Workspace "${wish.data.name}" is there, as ${made.slug}. Shown once:\n  ${wish.data.ownerEmail} signs in with ${made.password}\n  event write key ${made.writeKey}\n  REST key ${made.restKey}\nWhat somebody wrote, somebody else approves: add them with npm run person -- --workspace ${made.slug}\n`,
    );
  } finally {
    await pool.end();
  }
}

await main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
