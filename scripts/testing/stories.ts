import { cpSync, existsSync } from "node:fs";
import path from "node:path";
import { freePort } from "../stack/free-port.ts";
import { root } from "../stack/run-once.ts";
import { readSettings } from "../stack/settings.ts";
import { type Stack, startStack } from "../stack/start-stack.ts";
import { proveAudit } from "./audit-proof.ts";
import { findBrowser } from "./browser.ts";
import { catchMails, type MailCatcher } from "./mail-catcher.ts";
import { runProgram } from "./program.ts";
import { add, asOne, noTally, playwrightTally, type Tally } from "./tally.ts";
import { discard, throwAwayFolder } from "./throw-away-folder.ts";

export type StoriesOptions = { say: (sentence: string) => void; signal: AbortSignal; reports: string; given: string[] };

/**
 * Starts the whole product as an operator would, on free ports and a data folder of its own, and lets a browser tell the stories of e2e/.
 * Playwright gets CHASQUI_URL, the environment of the processes (PORT, DOOR_PORT, SANDBOX_PORT, DATABASE_URL, ...), CHROMIUM_PATH and
 * CHASQUI_E2E_MAILS, the folder of what the product sent by e-mail.
 */
export async function runStories({ say, signal, reports, given }: StoriesOptions): Promise<Tally> {
  const folder = throwAwayFolder();
  const mails = path.join(folder, "mails");
  let stack: Stack | null = null;
  let catcher: MailCatcher | null = null;
  try {
    const browser = findBrowser(say);
    catcher = await catchMails({ folder: mails });
    stack = await startStack(await settingsFor(folder, catcher.url), { say, signal, isThrowAway: true });
    say(`Started at ${stack.url}`);
    const env = {
      ...stack.env,
      NODE_ENV: "test",
      CHASQUI_URL: stack.url,
      CHROMIUM_PATH: browser,
      CHASQUI_E2E_MAILS: mails,
    };
    // Whoever names files gets these alone; else the screens are looked at before the stories change what is on them.
    const parts = given.length > 0 ? [given] : [["--project=screens"], ["--project=stories"]];
    let tally = noTally;
    for (const [index, part] of parts.entries()) {
      if (!signal.aborted)
        tally = add(tally, await play(part, path.join(reports, `stories-${index}.json`), env, signal));
    }
    if (tally.failed > 0) keepLogs(folder, say);
    return add(tally, await proveAudit({ owner: stack.ownerUrl, app: stack.env.DATABASE_URL ?? "" }, say));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    say(why);
    keepLogs(folder, say);
    return asOne(false, { title: "the stories", why });
  } finally {
    await stack?.stop();
    await catcher?.stop();
    discard(folder);
  }
}

type Environment = Record<string, string | undefined>;

async function play(given: string[], report: string, env: Environment, signal: AbortSignal): Promise<Tally> {
  const command = [
    "node_modules/@playwright/test/cli.js",
    "test",
    "-c",
    "e2e/playwright.config.ts",
    "--reporter=list,json",
  ];
  const { exitCode } = await runProgram({
    command: [...command, ...given],
    env: { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: report },
    isShown: true,
    signal,
  });
  return playwrightTally(report, exitCode);
}

async function settingsFor(folder: string, smtpUrl: string) {
  const [port, doorPort, sandboxPort] = await Promise.all([freePort(), freePort(), freePort()]);
  return readSettings({
    PORT: String(port),
    DOOR_PORT: String(doorPort),
    SANDBOX_PORT: String(sandboxPort),
    CHASQUI_HOME: path.join(folder, "home"),
    CHASQUI_DEMO: "1",
    // Stories know the demo's people by name and count.
    CHASQUI_DEMO_WORLD: "0",
    CHASQUI_SMTP_URL: smtpUrl,
  });
}

function keepLogs(folder: string, say: (sentence: string) => void): void {
  const logs = path.join(folder, "home", "logs");
  if (!existsSync(logs)) return;
  const kept = path.join(root, "test-results", "logs");
  cpSync(logs, kept, { recursive: true });
  say(`The logs of the processes are kept in ${kept}`);
}
