import { mkdirSync, mkdtempSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { BusyDemo } from "./shots/busy-demo.ts";
import { drawPicture } from "./shots/draw-picture.ts";
import { fillBandit } from "./shots/fill-bandit.ts";
import { fillDashboard } from "./shots/fill-dashboard.ts";
import { fillPhones } from "./shots/fill-phones.ts";
import { fillExperiment } from "./shots/full-experiment.ts";
import { gallery, shrinkPictures } from "./shots/gallery.ts";
import { holdPeople, refusePerson } from "./shots/holding-demo.ts";
import { openBrowser } from "./shots/open-browser.ts";
import { prepareDemo } from "./shots/prepare-demo.ts";
import { screens } from "./shots/screens.ts";
import { type Job, takeShots } from "./shots/take-shots.ts";
import { freePort } from "./stack/free-port.ts";
import { readSettings } from "./stack/settings.ts";
import { startStack } from "./stack/start-stack.ts";

const say = (sentence: string) => process.stdout.write(`${sentence}\n`);

/**
 * `npm run shots -- [folder] [--url http://localhost:3000] [--only name,name] [--look en-light-1440,fr-dark]`: a picture of every screen and main state, light and
 * dark, English and French, 1440 and 1024 px wide, some on a phone as well. Without --url it starts a throw-away Chasqui of its own.
 * `npm run shots -- --gallery` makes the pictures of docs/gallery.md anew.
 */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      ...{ url: { type: "string" }, only: { type: "string" }, look: { type: "string", default: "" } },
      gallery: { type: "boolean", default: false },
    },
  });
  const given = path.resolve(positionals[0] ?? path.join(os.tmpdir(), "chasqui-shots"));
  const { folder, look } = values.gallery ? gallery : { folder: given, look: values.look };
  mkdirSync(folder, { recursive: true });
  const stack = values.url ? null : await startOwn();
  const url = values.url ?? stack?.url ?? "";
  const browser = await openBrowser();
  try {
    await prepareDemo(url);
    const isWanted = (name: string) => !values.only || values.only.split(",").some((part) => name.includes(part));
    const wanted = screens.filter(({ name }) => (values.gallery ? gallery.screens.includes(name) : isWanted(name)));
    const job = { browser, url, folder, look, say };
    const problems = await takeShots({
      ...job,
      screens: wanted.filter(
        (screen) =>
          !screen.isBusy && !screen.isHolding && !screen.hasAllKinds && !screen.isFilled && !screen.hasNumbers,
      ),
    });
    const filled = wanted.filter((screen) => screen.isFilled);
    const { DATABASE_URL: databaseUrl } = stack?.env ?? process.env;
    if (filled.length > 0 && databaseUrl) {
      await fillExperiment(databaseUrl, { isKnown: true });
      await fillBandit(databaseUrl);
      problems.push(...(await takeShots({ ...job, screens: filled })));
    } else if (filled.length > 0) say("The experiments are left out: with --url they need DATABASE_URL.");
    const kinds = wanted.filter((screen) => screen.hasAllKinds);
    if (kinds.length > 0) {
      const { SANDBOX_PORT: sandboxPort = "3100" } = stack?.env ?? process.env;
      await fillPhones({ sandboxUrl: `http://127.0.0.1:${sandboxPort}` }, await drawPicture(browser));
      problems.push(...(await takeShots({ ...job, screens: kinds })));
    }
    problems.push(
      ...(await takeNumberShots(
        { ...job, screens: wanted.filter((screen) => screen.hasNumbers) },
        stack?.env ?? process.env,
      )),
    );
    const holding = wanted.filter((screen) => screen.isHolding);
    if (holding.length > 0 && databaseUrl) {
      await holdPeople({ url, databaseUrl });
      await refusePerson(url);
      problems.push(...(await takeShots({ ...job, screens: holding })));
    }
    const busy = wanted.filter((screen) => screen.isBusy);
    if (busy.length > 0) problems.push(...(await takeBusyShots({ ...job, screens: busy }, stack?.env ?? process.env)));
    if (values.gallery) problems.push(...shrinkPictures(folder));
    say(`${wanted.length} screens in ${folder}`);
    for (const problem of problems) say(`Problem: ${problem}`);
    process.exitCode = problems.length > 0 ? 1 : 0;
  } finally {
    await browser.close();
    await stack?.stop();
  }
}

/** Nobody's demo is filled with made-up messages unless its database is named. */
async function takeNumberShots(job: Job, { DATABASE_URL: databaseUrl }: NodeJS.ProcessEnv): Promise<string[]> {
  if (job.screens.length === 0) return [];
  if (!databaseUrl) {
    say("The screens with numbers are left out: with --url they need DATABASE_URL.");
    return [];
  }
  await fillDashboard(databaseUrl);
  return takeShots(job);
}

/** The last ones: they leave the demo in a state that is no picture of the others. */
async function takeBusyShots(job: Job, env: NodeJS.ProcessEnv): Promise<string[]> {
  const { DATABASE_URL: databaseUrl, SANDBOX_PORT: sandboxPort = "3100" } = env;
  if (!databaseUrl) {
    say("The busy screens are left out: with --url they need DATABASE_URL (and SANDBOX_PORT).");
    return [];
  }
  const demo = new BusyDemo({ url: job.url, sandboxUrl: `http://127.0.0.1:${sandboxPort}`, databaseUrl });
  await demo.open();
  try {
    return await takeShots({ ...job, before: () => demo.refresh() });
  } finally {
    await demo.close();
  }
}

async function startOwn() {
  const [port, doorPort, sandboxPort] = [await freePort(), await freePort(), await freePort()];
  const home = mkdtempSync(path.join(os.tmpdir(), "chasqui-shots-home-"));
  const settings = readSettings({
    // Its screens know the demo's flows by name; CHASQUI_DEMO_WORLD=1 takes them with the demo world in them.
    CHASQUI_DEMO_WORLD: "0",
    ...process.env,
    PORT: String(port),
    DOOR_PORT: String(doorPort),
    SANDBOX_PORT: String(sandboxPort),
    CHASQUI_HOME: home,
    CHASQUI_WORKERS: "2",
    DATABASE_URL: "",
  });
  return startStack(settings, { say, isThrowAway: true });
}

await main();
