import { expect, type Locator, type Page, test } from "@playwright/test";
import { signInAs } from "./pages/sign-in.ts";

test("A maker builds a flow and a checker approves it without touching the mouse", async ({ page }) => {
  await signInAs(page, "maker");
  await page.goto("/flows/new");
  await press(page, page.getByRole("button", { name: "Blank flow" }));
  await page.waitForURL(/\/flows\/[0-9a-f-]{36}/);
  await expect(page.getByTestId("canvas")).toBeVisible();

  await page.keyboard.press("/");
  await expect(page.getByRole("textbox", { name: "Search steps" })).toBeFocused();
  await page.keyboard.type("event");
  await press(page, page.getByTestId("palette-trigger-event"));
  await expect(page.getByTestId("step")).toHaveCount(1);
  await press(page, page.getByRole("combobox", { name: "When this event arrives" }));
  await choose(page, "keyboard.story", /keyboard\.story/);

  await page.keyboard.press("/");
  await expect(page.getByRole("dialog", { name: "Add a step" })).toBeVisible();
  await choose(page, "send", /^Send template$/);
  await expect(page.getByTestId("step")).toHaveCount(2);
  await expect(page.getByTestId("edge")).toHaveCount(1);
  await press(page, page.getByRole("combobox", { name: "Send this template" }));
  await choose(page, "kyc_reminder_2", /kyc_reminder_2/);
  await expect(page.getByTestId("problems")).not.toContainText("2 problems");

  await press(page, page.getByRole("button", { name: "Publish…" }), "Shift+Tab");
  await expect(page.getByLabel("Why should this go live?")).toBeFocused();
  await page.keyboard.type("Drawn by keyboard alone.");
  await press(page, page.getByRole("dialog").getByRole("button", { name: "Ask for approval" }));
  await expect(page.getByRole("dialog")).toHaveCount(0);

  const address = page.url();
  await signInAs(page, "checker");
  await page.goto("/approvals");
  await expect(page.getByRole("heading", { level: 2 }).first()).toBeVisible();
  const why = page.getByText("Drawn by keyboard alone.");
  for (let rows = 0; rows < 30 && !(await why.isVisible()); rows++) {
    await page.keyboard.press("j");
    await page.waitForLoadState("networkidle");
  }
  await expect(why).toBeVisible();
  await page.keyboard.press("a");
  await press(page, page.getByRole("alertdialog").getByRole("button", { name: /^Approve/ }));
  await expect(page.getByText("You", { exact: true })).toBeVisible();
  await signInAs(page, "maker");
  await page.goto(address);
  await expect(page.getByText("v1 active")).toBeVisible();
});

/** Types into a list's search, sees that the wanted line is marked, and takes it. */
async function choose(page: Page, typed: string, line: RegExp): Promise<void> {
  await page.keyboard.type(typed);
  await expect(page.getByRole("option", { selected: true })).toHaveText(line);
  await page.keyboard.press("Enter");
}

/** Walks to a control with Tab, as far as a patient person would, and presses Enter on it. */
async function press(page: Page, control: Locator, key: "Tab" | "Shift+Tab" = "Tab"): Promise<void> {
  await expect(control).toBeEnabled();
  for (let steps = 0; steps < 80; steps++) {
    if (await control.evaluate((element) => element === document.activeElement)) break;
    await page.keyboard.press(key);
  }
  await expect(control).toBeFocused();
  await page.keyboard.press("Enter");
}
