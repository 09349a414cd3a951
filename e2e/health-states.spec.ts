import { expect, type Page, test } from "@playwright/test";
import { findings } from "./find-with-axe.ts";
import { HealthPage } from "./pages/health.ts";
import { signInAs } from "./pages/sign-in.ts";
import { failBoard, keepBoardWaiting, serveBoard } from "./serve-board.ts";
import { troubledBoard } from "./troubled-board.ts";

// Colours in the middle of a fade are nobody's colours.
test.use({ reducedMotion: "reduce" });

type State = { name: string; prepare: (page: Page) => Promise<unknown>; act: (page: Page) => Promise<unknown> };

const troubled = (page: Page) => serveBoard(page, troubledBoard);
const press = (name: string) => async (page: Page) => {
  await page.getByRole("button", { name, exact: true }).click();
  await page.getByRole("dialog").or(page.getByRole("alertdialog")).waitFor();
};
const held = { ...troubledBoard, hold: { since: new Date(), byName: "Maria Silva" } };
const quiet = { ...troubledBoard, alerts: [], channels: [], installation: null };

const states: State[] = [
  { name: "loading", prepare: keepBoardWaiting, act: (page) => page.getByText("Reading how the engine is…").waitFor() },
  { name: "failed", prepare: failBoard, act: (page) => page.getByRole("button", { name: "Try again" }).waitFor() },
  { name: "troubled", prepare: troubled, act: (page) => page.getByText("A value cannot be stored").click() },
  { name: "alerts", prepare: troubled, act: press("12 things to look at") },
  { name: "about", prepare: troubled, act: press("About Lanes") },
  { name: "discard", prepare: troubled, act: press("Discard KYC reminder…") },
  { name: "retry-since", prepare: troubled, act: press("Retry all since…") },
  { name: "held", prepare: (page) => serveBoard(page, held), act: press("Release sending…") },
  {
    name: "tenant",
    prepare: (page) => serveBoard(page, quiet),
    act: (page) => new HealthPage(page).panel("Lanes").waitFor(),
  },
];

for (const { name, prepare, act } of states) {
  test(`Health, ${name}, leaves axe nothing serious to say, in light and dark`, async ({ page }) => {
    await signInAs(page, "owner");
    await page.emulateMedia({ colorScheme: "light" });
    await prepare(page);
    await page.goto("/health");
    await act(page);
    expect(await findings(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: "dark" });
    await expect(page.locator("html")).toHaveClass(/dark/);
    expect(await findings(page)).toEqual([]);
  });
}

test("A cause that the product knows is told in words, and what the engine wrote stands behind it", async ({
  page,
}) => {
  await signInAs(page, "owner");
  await serveBoard(page, { ...troubledBoard, hold: null });
  const health = new HealthPage(page);
  await health.open();
  const row = health.letters("KYC reminder");
  await expect(row.getByText("The step fails on the person’s data")).toBeVisible();
  await expect(row.getByText("Cannot convert undefined")).toBeHidden();
  await row.getByText("The step fails on the person’s data").click();
  await expect(row.getByText("Cannot convert undefined")).toBeVisible();
});
