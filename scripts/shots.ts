import { mkdirSync, mkdtempSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { openBrowser } from "./shots/open-browser.ts";
import { prepareDemo } from "./shots/prepare-demo.ts";
import { screens } from "./shots/screens.ts";
import { takeShots } from "./shots/take-shots.ts";
import { freePort } from "./stack/free-port.ts";
import { readSettings } from "./stack/settings.ts";
import { startStack } from "./stack/start-stack.ts";

const say = (sentence: string) => process.stdout.write(`${sentence}\n`);

/**
 * `npm run shots -- [folder] [--url http://localhost:3000] [--only name] [--look en-light-1440]`: a picture of every screen and main state, light and
 * dark, English and French, 1440 and 1024 px wide. Without --url it starts a throw-away Chasqui of its own.
 */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { url: { type: "string" }, only: { type: "string" }, look: { type: "string", default: "" } },
  });
  const folder = path.resolve(positionals[0] ?? path.join(os.tmpdir(), "chasqui-shots"));
  mkdirSync(folder, { recursive: true });
  const stack = values.url ? null : await startOwn();
  const url = values.url ?? stack?.url ?? "";
  const browser = await openBrowser();
  try {
    await prepareDemo(url);
    const wanted = screens.filter((screen) => !values.only || screen.name.includes(values.only));
    const problems = await takeShots({ browser, url, folder, screens: wanted, look: values.look, say });
    say(`${wanted.length} screens in ${folder}`);
    for (const problem of problems) say(`Problem: ${problem}`);
    process.exitCode = problems.length > 0 ? 1 : 0;
  } finally {
    await browser.close();
    await stack?.stop();
  }
}

async function startOwn() {
  const [port, doorPort, sandboxPort] = [await freePort(), await freePort(), await freePort()];
  const home = mkdtempSync(path.join(os.tmpdir(), "chasqui-shots-home-"));
  const settings = readSettings({
    ...process.env,
    PORT: String(port),
    DOOR_PORT: String(doorPort),
    SANDBOX_PORT: String(sandboxPort),
    CHASQUI_HOME: home,
    DATABASE_URL: "",
  });
  return startStack(settings, { say, isThrowAway: true });
}

await main();
