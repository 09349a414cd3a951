import { expect, type Locator, type Page, test } from "@playwright/test";
import { productUrl } from "./call-verb.ts";
import { pickFromMenu } from "./pages/pick-from-menu.ts";
import { signInAs } from "./pages/sign-in.ts";
import { sendEvent } from "./send-event.ts";

test("A maker builds a KYC flow, a checker approves it and the maker watches who is in it, without touching the mouse", async ({
  page,
}) => {
  const event = `keyboard.story.${Date.now()}`;
  await signInAs(page, "maker");
  await page.goto("/flows/new");
  await press(page, page.getByRole("button", { name: "Blank flow" }));
  await page.waitForURL(/\/flows\/[0-9a-f-]{36}/);
  await expect(page.getByTestId("canvas")).toBeVisible();
  const address = page.url();

  await test.step("Five steps, each behind the one before", async () => {
    await page.keyboard.press("/");
    await expect(page.getByRole("textbox", { name: "Search steps" })).toBeFocused();
    await page.keyboard.type("event");
    await press(page, page.getByTestId("palette-trigger-event"));
    await expect(page.getByTestId("step")).toHaveCount(1);
    await press(page, page.getByRole("combobox", { name: "When this event arrives" }));
    await choose(page, event, new RegExp(event));

    await addBehind(page, "send", /^Send template$/);
    await press(page, page.getByRole("combobox", { name: "Send this template" }));
    await choose(page, "kyc_reminder_2", /kyc_reminder_2/);

    await addBehind(page, "wait until", /^Wait until$/);
    await press(page, page.getByRole("combobox", { name: "Event", exact: true }));
    await choose(page, "kyc.completed", /kyc\.completed/);
    await addBehind(page, "goal", /^Goal$/);
    await tabTo(page, page.getByRole("textbox", { name: "Name of the goal" }));
    await page.keyboard.type("KYC completed");
  });

  await test.step("The help button leads to a person: connected through the card's menu", async () => {
    await walkTo(page, "send");
    await press(page, menuOfChosen(page));
    await pickFromMenu(page, ["Insert after", "Help"]);
    await expect(page.getByRole("dialog", { name: "Add a step" }).getByRole("combobox")).toBeFocused();
    await choose(page, "hand", /^Hand-off$/);
    await expect(page.getByTestId("edge")).toHaveCount(4);
    await tabTo(page, page.getByRole("textbox", { name: "To this queue" }));
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.type("Onboarding");
    await walkTo(page, "send");
    await page.keyboard.press("ArrowDown");
    await press(page, menuOfChosen(page));
    await pickFromMenu(page, ["Connect to", ".*passed", "Hand-off"]);
    await expect(page.getByTestId("edge")).toHaveCount(5);
    await page.keyboard.press("Escape");
    await expect(page.getByTestId("problems")).not.toContainText("error");
  });

  await test.step("It is asked for, approved, and published", async () => {
    await press(page, page.getByRole("button", { name: "Publish…" }), "Shift+Tab");
    await tabTo(page, page.getByLabel("Why should this go live?"));
    await page.keyboard.type(`Drawn by keyboard alone: ${event}`);
    await press(page, page.getByRole("dialog").getByRole("button", { name: "Ask for approval" }));
    await expect(page.getByRole("dialog")).toHaveCount(0);

    await signInAs(page, "checker");
    // A key that comes before the page listens is lost.
    await page.goto("/approvals", { waitUntil: "networkidle" });
    await expect(page.getByRole("heading", { level: 2 }).first()).toBeVisible();
    await walkToRequest(page, "Untitled flow");
    await expect(page.getByText(`Drawn by keyboard alone: ${event}`)).toBeVisible();
    await page.keyboard.press("a");
    await press(page, page.getByRole("alertdialog").getByRole("button", { name: /^Approve/ }));
    await expect(page.getByText("You", { exact: true })).toBeVisible();
    await signInAs(page, "maker");
    await page.goto(address);
    await expect(page.getByText("v1 active")).toBeVisible();
  });

  await test.step("Live: who enters is seen, step by step, down to one person's way", async () => {
    await press(page, page.getByRole("link", { name: "Live" }));
    await expect(page.getByTestId("live-canvas")).toBeVisible();
    await sendEvent(productUrl(), { userId: "demo-kwame", event, properties: {} });
    const cards = page.getByTestId("live-step");
    await expect(cards.first().getByTestId("live-entered")).toHaveAttribute("data-n", "1");
    const steps = [await tabTo(page, cards.first())];
    for (let walked = 0; walked < 2; walked++) {
      await page.keyboard.press("ArrowDown");
      steps.push(await page.evaluate(() => document.activeElement?.getAttribute("data-step") ?? ""));
    }
    expect(new Set(steps).size).toBe(3);
    await page.keyboard.press("Enter");
    const person = page.getByTestId("live-person").first();
    await expect(person).toContainText("Kwame");
    await press(page, person.getByRole("button"));
    await expect(page).toHaveURL(/way=/);
  });
});

/** `/` on the chosen step opens the menu of steps; what is taken stands behind it, connected, with its settings open. */
async function addBehind(page: Page, typed: string, line: RegExp): Promise<void> {
  const before = await page.getByTestId("step").count();
  await untilHandedOn(page);
  await page.keyboard.press("Escape");
  await page.keyboard.press("/");
  await expect(page.getByRole("dialog", { name: "Add a step" }).getByRole("combobox")).toBeFocused();
  await choose(page, typed, line);
  await expect(page.getByTestId("step")).toHaveCount(before + 1);
  await expect(page.getByTestId("edge")).toHaveCount(before);
}

const menuOfChosen = (page: Page) =>
  page.locator('[data-testid="step"][data-selected="true"]').getByRole("button", { name: /^Menu of/ });

/** A list or a hint that closes takes the next Escape for itself, until the keyboard is where it was opened from. */
async function untilHandedOn(page: Page): Promise<void> {
  await expect(page.locator("[data-radix-popper-content-wrapper]")).toHaveCount(0);
  await expect(page.locator(":focus")).toHaveCount(1);
}

/** Goes back along the lines until the step of this type is chosen. */
async function walkTo(page: Page, type: string): Promise<void> {
  const wanted = page.locator(`[data-testid="step"][data-step-type="${type}"][data-selected="true"]`);
  await untilHandedOn(page);
  await page.keyboard.press("Escape");
  await expect(page.locator('[data-testid="step"][data-selected="true"]')).toBeFocused();
  for (let steps = 0; steps < 10 && !(await wanted.isVisible()); steps++) await page.keyboard.press("ArrowUp");
  await expect(wanted).toBeFocused();
}

/** Types into a list's search, sees that the wanted line is marked, and takes it. */
async function choose(page: Page, typed: string, line: RegExp): Promise<void> {
  await page.keyboard.type(typed);
  await expect(page.getByRole("option", { selected: true })).toHaveText(line);
  await page.keyboard.press("Enter");
}

/** Walks to a control with Tab, as far as a patient person would, and presses Enter on it. */
async function press(page: Page, control: Locator, key: "Tab" | "Shift+Tab" = "Tab"): Promise<void> {
  await expect(control).toBeEnabled();
  await tabTo(page, control, key);
  await page.keyboard.press("Enter");
}

/** The same without pressing anything; answers which step it is, where it is one. */
async function tabTo(page: Page, control: Locator, key: "Tab" | "Shift+Tab" = "Tab"): Promise<string> {
  for (let steps = 0; steps < 80; steps++) {
    if (await control.evaluate((element) => element === document.activeElement)) break;
    await page.keyboard.press(key);
  }
  await expect(control).toBeFocused();
  return (await control.getAttribute("data-step")) ?? "";
}

/** Goes down the queue to the newest request about what is called so; a key goes on from where the one before has led. */
async function walkToRequest(page: Page, name: string): Promise<void> {
  const rows = page.locator("[data-approval]");
  const here = page.locator("[data-approval][aria-current]");
  const wanted = await rows.filter({ hasText: name }).last().getAttribute("data-approval");
  for (let row = await rows.count(); row > 0; row -= 1) {
    const at = await here.getAttribute("data-approval");
    if (at === wanted) return;
    await page.keyboard.press("j");
    await expect(here).not.toHaveAttribute("data-approval", at ?? "");
  }
  throw new Error(`No request about ${name} is reached by keys.`);
}
