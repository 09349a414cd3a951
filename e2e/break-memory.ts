import pg from "pg";

/**
 * Damages, or repairs, what the people waiting in a flow have been through, so that whoever moves on throws: no event a customer's
 * system can send does that, so a story about it has to reach into the database.
 */
export async function setVisits(flowName: string, visits: "broken" | "whole"): Promise<void> {
  const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  try {
    await client.query(
      `update enrollment e set state = jsonb_set(e.state, '{visitsByNode}', $2::jsonb)
       from flow f where f.id = e.flow_id and f.name = $1 and e.status = 'waiting'`,
      [flowName, visits === "broken" ? "null" : "{}"],
    );
  } finally {
    await client.end();
  }
}
