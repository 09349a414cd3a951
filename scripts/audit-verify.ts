import { asc } from "drizzle-orm";
import { connect } from "#db/client.ts";
import { workspace } from "#db/schema/index.ts";
import { verifyChain } from "#server/audit/verify-audit.ts";
import { runningDatabaseUrl } from "./stack/running-database.ts";

// `npm run audit:verify`: is every workspace's audit log as it was written? Ends with 1 when a row was changed, taken out or swapped.
async function main(): Promise<number> {
  const { db, pool } = connect(runningDatabaseUrl(), {
    name: "audit-verify",
    max: 1,
    onError: () => undefined,
    backstops: { statementMs: 0 },
  });
  try {
    const workspaces = await db
      .select({ id: workspace.id, name: workspace.name })
      .from(workspace)
      .orderBy(asc(workspace.createdAt), asc(workspace.id));
    let broken = 0;
    for (const { id, name } of workspaces) {
      const { rows, brokenAt, head } = await verifyChain(db, id);
      const verdict = brokenAt === null ? "whole" : `broken at ${brokenAt}`;
      process.stdout.write(`${name} (${id}): ${rows} rows, ${verdict}, head ${head}\n`);
      if (brokenAt !== null) broken += 1;
    }
    process.stdout.write(broken === 0 ? "Every chain is whole.\n" : `${broken} of ${workspaces.length} are broken.\n`);
    return broken === 0 ? 0 : 1;
  } finally {
    await pool.end();
  }
}

process.exitCode = await main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  return 1;
});
