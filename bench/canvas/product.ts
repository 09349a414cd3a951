import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Browser, BrowserContext, Page } from "@playwright/test";
import { freePort } from "#scripts/stack/free-port.ts";
import { readSettings } from "#scripts/stack/settings.ts";
import { startStack } from "#scripts/stack/start-stack.ts";
import { callVerb } from "#scripts/testing/verbs.ts";
import { report } from "../engine/print.ts";

/** A Chasqui with its demo, its web app built for production. */
export type Product = { url: string; stop: () => Promise<void> };

/** A throw-away one of our own. */
export async function startProduct(): Promise<Product> {
  const [port, doorPort, sandboxPort] = [await freePort(), await freePort(), await freePort()];
  const home = mkdtempSync(path.join(os.tmpdir(), "chasqui-bench-home-"));
  const settings = readSettings({
    ...process.env,
    CHASQUI_DEMO_WORLD: "0",
    PORT: String(port),
    DOOR_PORT: String(doorPort),
    SANDBOX_PORT: String(sandboxPort),
    CHASQUI_HOME: home,
    DATABASE_URL: "",
  });
  const stack = await startStack(settings, { say: report, isThrowAway: true });
  const stop = async () => {
    await stack.stop();
    rmSync(home, { recursive: true, force: true });
  };
  return { url: stack.url, stop };
}

/** A marketer's browser session, in English. */
export async function signedIn(browser: Browser, url: string): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "en-US", baseURL: url });
  const password = process.env.CHASQUI_DEMO_PASSWORD ?? "chasqui-demo";
  const data = { email: "maker@demo.test", password };
  const answer = await context.request.post("/api/auth/sign-in/email", { headers: { origin: url }, data });
  if (!answer.ok()) throw new Error(`Signing in failed: ${answer.status()}`);
  await callVerb({ request: context.request, url }, "me.setLanguage", { language: "en" });
  return context;
}

/** Does something on a page of its own, which is closed whatever happens. */
export async function onPage<Result>(context: BrowserContext, work: (page: Page) => Promise<Result>): Promise<Result> {
  const page = await context.newPage();
  try {
    return await work(page);
  } finally {
    await page.close({ runBeforeUnload: false });
  }
}
