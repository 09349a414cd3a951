import { type BrowserContext, test as base, expect } from "@playwright/test";
import { screens } from "#scripts/shots/screens.ts";
import { untilLoaded } from "#scripts/shots/until-loaded.ts";
import { findings } from "./find-with-axe.ts";
import { signInAs } from "./pages/sign-in.ts";

/** One context for all screens of a worker: what the product's scripts weigh is fetched and compiled once. */
const test = base.extend<object, { shared: BrowserContext }>({
  shared: [
    async ({ browser }, use, { project }) => {
      // Colours in the middle of a fade are nobody's colours.
      const { baseURL, viewport, locale, timezoneId } = project.use;
      const shared = await browser.newContext({ baseURL, viewport, locale, timezoneId, reducedMotion: "reduce" });
      await use(shared);
      await shared.close();
    },
    { scope: "worker" },
  ],
  page: async ({ shared }, use) => {
    const page = await shared.newPage();
    await use(page);
    // The next screen finds nothing of what this one has remembered.
    await page.evaluate(() => {
      localStorage.clear();
      sessionStorage.clear();
    });
    await page.close();
    await shared.clearCookies();
  },
});

// Busy and held screens, phones full of messages and experiments are looked at by the stories that fill them.
const own = screens.filter(
  ({ isBusy, isHolding, hasAllKinds, isFilled }) => !isBusy && !isHolding && !hasAllKinds && !isFilled,
);
for (const { name, path, as, act } of own) {
  test(`The screen ${name} leaves axe nothing serious to say, in light and dark`, async ({ page }) => {
    if (as) await signInAs(page, as);
    await page.emulateMedia({ colorScheme: "light" });
    await page.goto(path, { waitUntil: "networkidle" });
    // A busy machine lets the network rest before the page has begun to ask.
    await expect(page.locator("[data-loading]")).toHaveCount(0);
    await act?.(page);
    if (!name.endsWith("-loading")) await untilLoaded(page);
    expect(await findings(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: "dark" });
    await expect(page.locator("html")).toHaveClass(/dark/);
    // The page is the same but for its colours.
    expect(await findings(page, ["color-contrast"])).toEqual([]);
  });
}
