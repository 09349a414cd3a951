import pg from "pg";
import { demoWorkspaceSlug as slug } from "#server/demo/demo-customers.ts";
import { experimentRows } from "./experiment-rows.ts";

/** People of both arms together. */
const people = 14_000;

/**
 * Fills the demo's loan experiment with 24 days; `firstShare`: percent of people in its first arm, by which shares that were planned as
 * halves can be made to look wrong. `isKnown`: its people are contacts, too, of three languages; stories that count contacts want none.
 */
export async function fillExperiment(databaseUrl: string, { firstShare = 50, isKnown = false } = {}): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    // In one go: a worker that reads it in between would keep that it is too early for an hour.
    await client.query("begin");
    await client.query(experimentRows.seed);
    const plan = {
      baseRate: 0.08,
      lift: 0.2,
      people: 16_000,
      days: 28,
      hypothesis: "“Get a loan” says what people want.",
    };
    const secondary = [
      { metric: "reply", windowHours: 72 },
      { metric: "cost-per-conversion", windowHours: 168 },
    ];
    await client.query(experimentRows.begin, [slug, JSON.stringify({ ...plan, secondary })]);
    await client.query(experimentRows.people, [slug, people, firstShare]);
    if (isKnown) await client.query(experimentRows.contacts, [slug]);
    for (const rows of ["messages", "goals", "log"] as const) await client.query(experimentRows[rows], [slug]);
    if (firstShare === 50) await client.query(experimentRows.verdict, [slug, people]);
    await client.query("commit");
  } finally {
    await client.end();
  }
}
