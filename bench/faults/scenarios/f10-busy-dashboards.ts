import pg from "pg";
import { defineFault } from "../contract.ts";

const readers = 60;
const queries = 500;

// As a dashboard would: over all messages of the workspace, again and again, with a pause that holds the session.
const slowQuery = `
  select status, count(*), max(length(content::text)) from message where workspace_id = $1 group by status
  union all select 'slow', 0, 0 from pg_sleep(0.4)`;

/** Five hundred slow dashboard queries at once: they wait for each other and for nobody else. */
export const busyDashboards = defineFault({
  id: "F10",
  title: "500 slow dashboard queries at once",
  isTimed: true,
  inject: async ({ stack, world, note }) => {
    const pool = new pg.Pool({
      connectionString: stack.postgres.urlOf(stack.databaseName),
      max: readers,
      application_name: "faults-dashboards",
    });
    pool.on("error", () => undefined);
    const begun = performance.now();
    await Promise.all(Array.from({ length: queries }, () => pool.query(slowQuery, [world.workspaceId])));
    await pool.end();
    note("queries", queries);
    note("took", `${((performance.now() - begun) / 1000).toFixed(1)} s`);
  },
  expect: (_bench, { events }) => {
    const repeated = events.filter(({ phase, tries }) => phase === "during" && tries > 1).length;
    return repeated === 0 ? [] : [`${repeated} events had to be sent again`];
  },
});
