import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { screens } from "#scripts/shots/screens.ts";
import { signInAs } from "./pages/sign-in.ts";

// Colours in the middle of a fade are nobody's colours.
test.use({ reducedMotion: "reduce" });

for (const { name, path, as, act } of screens.filter((screen) => !screen.isBusy)) {
  test(`The screen ${name} leaves axe nothing serious to say, in light and dark`, async ({ page }) => {
    if (as) await signInAs(page, as);
    await page.emulateMedia({ colorScheme: "light" });
    await page.goto(path, { waitUntil: "networkidle" });
    await act?.(page);
    await page.addStyleTag({
      content: "*, *::before, *::after { transition: none !important; animation: none !important }",
    });
    expect(await findings(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: "dark" });
    await expect(page.locator("html")).toHaveClass(/dark/);
    expect(await findings(page)).toEqual([]);
  });
}

async function findings(page: Page): Promise<string[]> {
  // No screen has a frame, so the mode that needs no second page is enough, and faster.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" ")} ${failureSummary}`),
    );
}
