import { expect, test } from "@playwright/test";
import { screens } from "#scripts/shots/screens.ts";
import { findings } from "./find-with-axe.ts";
import { signInAs } from "./pages/sign-in.ts";

// Colours in the middle of a fade are nobody's colours.
test.use({ reducedMotion: "reduce" });

// Busy and held screens, phones full of messages and experiments are looked at by the stories that fill them.
const own = screens.filter(
  ({ isBusy, isHolding, hasAllKinds, isFilled }) => !isBusy && !isHolding && !hasAllKinds && !isFilled,
);
for (const { name, path, as, act } of own) {
  test(`The screen ${name} leaves axe nothing serious to say, in light and dark`, async ({ page }) => {
    if (as) await signInAs(page, as);
    await page.emulateMedia({ colorScheme: "light" });
    await page.goto(path, { waitUntil: "networkidle" });
    await act?.(page);
    expect(await findings(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: "dark" });
    await expect(page.locator("html")).toHaveClass(/dark/);
    // The page is the same but for its colours.
    expect(await findings(page, ["color-contrast"])).toEqual([]);
  });
}
