import path from "node:path";
import type { Browser, BrowserContext, Page } from "@playwright/test";
import type { Screen } from "./screen.ts";
import { untilLoaded } from "./until-loaded.ts";

export type Job = {
  browser: Browser;
  url: string;
  folder: string;
  screens: Screen[];
  /** Only looks whose name holds this, or one of several with commas between them. */
  look: string;
  /** Before each picture. */
  before?: () => Promise<void>;
  say: (line: string) => void;
};

const languages = ["en", "fr"] as const;
const themes = ["light", "dark"] as const;
const widths = [1440, 1024, 390] as const;
const phoneWidth = 390;

/**
 * Takes every screen in every look. File names read `<screen>-<language>-<theme>-<width>.png`. Answers what went wrong: a screen
 * that could not be reached, an error in the browser's console, or a text without a translation.
 */
export async function takeShots(job: Job): Promise<string[]> {
  const problems: string[] = [];
  for (const language of languages) {
    for (const theme of themes) {
      for (const width of widths) {
        const look = `${language}-${theme}-${width}`;
        const screens = job.screens.filter((screen) => width !== phoneWidth || screen.fitsPhone);
        if (!job.look.split(",").some((part) => look.includes(part)) || screens.length === 0) continue;
        job.say(look);
        const context = await job.browser.newContext({
          baseURL: job.url,
          viewport: { width, height: 900 },
          locale: language,
          colorScheme: theme,
          timezoneId: "Africa/Dakar",
        });
        await dress(context, job.url, theme);
        for (const screen of screens) problems.push(...(await takeOne(job, context, screen, look, language)));
        await context.close();
      }
    }
  }
  return problems;
}

const dress = (context: BrowserContext, url: string, theme: string) =>
  context.addCookies([{ name: "chasqui-theme", value: theme, url }]);

async function takeOne(
  job: Job,
  context: BrowserContext,
  screen: Screen,
  look: string,
  language: "en" | "fr",
): Promise<string[]> {
  const problems: string[] = [];
  const page = await context.newPage();
  page.on("console", (entry) =>
    entry.type() === "error" ? problems.push(`${screen.name} ${look}: ${entry.text()}`) : undefined,
  );
  page.on("pageerror", (error) => problems.push(`${screen.name} ${look}: ${error.message}`));
  try {
    await job.before?.();
    await context.clearCookies({ name: /session/ });
    await context.addCookies([{ name: "chasqui-language", value: language, url: job.url }]);
    if (screen.as) await signIn(context, job.url, screen.as, language);
    await page.goto(`${job.url}${screen.path}`, { waitUntil: "networkidle" });
    await screen.act?.(page);
    if (!screen.name.endsWith("-loading")) await untilLoaded(page);
    if (screen.isLong) await showWhole(page);
    await page.screenshot({ path: path.join(job.folder, `${screen.name}-${look}.png`), animations: "disabled" });
    await screen.after?.(page);
  } catch (error) {
    problems.push(
      `${screen.name} ${look}: ${error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error)}`,
    );
  } finally {
    await page.close();
  }
  return problems;
}

/** A window as high as the page: what is fixed to the window's edge stays there. */
async function showWhole(page: Page): Promise<void> {
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  const { width = 1440 } = page.viewportSize() ?? {};
  await page.setViewportSize({ width, height });
}

async function signIn(context: BrowserContext, url: string, role: string, language: string): Promise<void> {
  const headers = { origin: url };
  const password = process.env.CHASQUI_DEMO_PASSWORD ?? "chasqui-demo";
  const answer = await context.request.post(`${url}/api/auth/sign-in/email`, {
    headers,
    data: { email: `${role}@demo.test`, password },
  });
  if (!answer.ok()) throw new Error(`Signing in as ${role} failed: ${answer.status()}`);
  const changed = await context.request.post(`${url}/api/trpc/me.setLanguage`, {
    headers,
    data: { json: { language } },
  });
  if (!changed.ok()) throw new Error(`Choosing ${language} failed: ${changed.status()} ${await changed.text()}`);
}
