import { eq } from "drizzle-orm";
import { connect } from "#db/client.ts";
import { workspace } from "#db/schema/index.ts";
import { readEnv } from "#server/env.ts";
import { createLog } from "#server/log.ts";
import { connectSandbox } from "./connect-sandbox.ts";
import { demoWorkspaceSlug } from "./demo-customers.ts";

// `node server/demo/main.ts`: run once door and sandbox are up; ends with a non-zero code when they do not find each other.
const log = createLog("start");
const env = readEnv(process.env);
const { db, pool } = connect(env.databaseUrl, {
  name: "connect-sandbox",
  max: 2,
  onError: (error) => log.warn({ error: error.message }, "A connection was lost"),
});
try {
  const [demo] = await db.select({ id: workspace.id }).from(workspace).where(eq(workspace.slug, demoWorkspaceSlug));
  const connected = demo ? await connectSandbox(db, env, demo.id) : null;
  log.info(connected ?? {}, connected ? "The sandbox is connected" : "There is no demo workspace to connect");
} finally {
  await pool.end();
}
