import pg from "pg";
import { demoWorkspaceSlug } from "#server/demo/demo-customers.ts";
import { Refusal } from "./refusal.ts";
import { lastWords, runOnce } from "./run-once.ts";

export type DemoErrand = { env: NodeJS.ProcessEnv; logFile: string; signal?: AbortSignal };

/** Demo people, flows and contacts: made once; a later start finds them there, without the second that asking the seed itself takes. */
export async function seedDemo(errand: DemoErrand): Promise<void> {
  if (await isSeeded(errand.env.DATABASE_URL)) return;
  const code = await runOnce({ command: ["db/seed/main.ts"], ...errand });
  errand.signal?.throwIfAborted();
  if (code !== 0)
    throw new Refusal(`The demo workspace cannot be made: ${lastWords(errand.logFile)} (its log: ${errand.logFile})`);
}

/** Webhook address and templates: asked for at each start, for ports may have moved and the sandbox may have been emptied. */
export async function connectSandbox(errand: DemoErrand): Promise<void> {
  const code = await runOnce({ command: ["server/demo/main.ts"], ...errand });
  errand.signal?.throwIfAborted();
  if (code !== 0)
    throw new Refusal(`The sandbox cannot be connected: ${lastWords(errand.logFile)} (its log: ${errand.logFile})`);
}

async function isSeeded(url: string | undefined): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rowCount } = await client.query("select 1 from workspace where slug = $1", [demoWorkspaceSlug]);
    return rowCount === 1;
  } finally {
    await client.end();
  }
}
