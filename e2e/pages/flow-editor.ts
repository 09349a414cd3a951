import { expect, type Locator, type Page } from "@playwright/test";
import { atRest } from "#scripts/testing/at-rest.ts";
import { Approvals } from "./approvals.ts";
import { signInAs } from "./sign-in.ts";

/** A step's card on the canvas. */
export type Step = Locator;

/** The flow editor as a marketer uses it: palette, canvas, inspector, test bench, publish. */
export class FlowEditor {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Opens an empty flow by way of "New flow". */
  async openBlank(): Promise<void> {
    await this.#page.goto("/flows");
    await this.#page.getByRole("link", { name: /new flow/i }).click();
    await this.#page.getByRole("button", { name: "Blank flow" }).click();
    await this.#page.waitForURL(/\/flows\/[0-9a-f-]{36}/);
    await expect(this.#page.getByTestId("canvas")).toBeVisible();
  }

  async rename(name: string): Promise<void> {
    const field = this.#page.getByRole("textbox", { name: "Name of the flow" });
    await field.fill(name);
    await field.press("Enter");
  }

  /** The settings of the selected step, or of the flow. */
  get settings(): Locator {
    return this.#page.getByRole("complementary", { name: "Settings" });
  }

  get steps(): Locator {
    return this.#page.getByTestId("step");
  }

  /** Adds a step after the selected one and leaves it selected, with its settings open. */
  async add(type: string): Promise<Step> {
    const before = await this.steps.count();
    await this.#page.getByTestId(`palette-${type}`).click();
    await expect(this.steps).toHaveCount(before + 1);
    const added = this.#page.locator(`[data-testid="step"][data-selected="true"][data-step-type="${type}"]`);
    const id = await added.getAttribute("id");
    return this.#page.locator(`[id="${id}"]`);
  }

  async select(step: Step): Promise<void> {
    await step.click({ position: { x: 90, y: 20 } });
    await expect(step).toHaveAttribute("data-selected", "true");
  }

  /** Names the selected step. */
  async title(words: string): Promise<void> {
    await this.settings.getByRole("textbox", { name: "Title of the step" }).fill(words);
  }

  /** Picks from a field that is searched by typing. `typed` may be new. */
  async pick(label: string | RegExp, typed: string): Promise<void> {
    await this.settings.getByRole("combobox", { name: label }).first().click();
    await this.#page
      .getByPlaceholder(/^(search|title)/i)
      .last()
      .fill(typed);
    await this.#page
      .getByRole("option", { name: new RegExp(`^(Use “)?${typed}`) })
      .first()
      .click();
  }

  async fill(label: string | RegExp, value: string): Promise<void> {
    await this.settings.getByLabel(label).first().fill(value);
  }

  async choose(label: string | RegExp, option: string): Promise<void> {
    await this.settings.getByRole("combobox", { name: label }).first().click();
    await this.#page.getByRole("option", { name: option, exact: true }).click();
  }

  /** Draws an edge by a click on a way out and one on the way into another step. */
  async connect(from: Step, handle: string, to: Step): Promise<void> {
    const edges = this.#page.getByTestId("edge");
    const before = await edges.count();
    await atRest(this.#page);
    await from.locator(`[data-way-out="${handle}"]`).click();
    await to.locator("[data-way-in]").click();
    await expect(edges).toHaveCount(before + 1);
  }

  /** Sets the flow's goal, while no step is selected. */
  async setGoal(event: string): Promise<void> {
    await this.settings.getByRole("switch", { name: "Count a conversion" }).click();
    await this.pick("When this event arrives", event);
  }

  /** What the flow's messages are for, while no step is selected. */
  async setPurpose(purpose: string): Promise<void> {
    await this.choose("What are these messages for?", purpose);
  }

  /** Names the first branch of the selected condition and gives it one line. */
  async setBranch(name: string, line: { path: string; comparison: string; value: string }): Promise<void> {
    await this.fill(/branch 1/i, name);
    await this.settings.getByRole("button", { name: "Condition", exact: true }).click();
    await this.settings.getByRole("combobox", { name: "Line 1: value" }).click();
    await this.#page.getByPlaceholder("Search values").fill(line.path);
    await this.#page.getByRole("option").first().click();
    await this.choose("Line 1: comparison", line.comparison);
    await this.fill("Line 1: compared with", line.value);
  }

  /** Lets a button of the selected send step lead to a fixed address, counted. */
  async setTrackedLink(name: RegExp, target: string): Promise<void> {
    await this.settings.getByRole("button", { name }).click();
    const editor = this.#page.getByRole("dialog");
    await editor.getByText("Tracked link").click();
    await editor.getByLabel("Leads to").fill(target);
    await this.#page.keyboard.press("Escape");
  }

  /** Fills a blank of the selected send step from data. */
  async fillBlank(name: string, path: string, fallback: string): Promise<void> {
    await this.settings.getByRole("button", { name: `Choose what fills ${name}` }).click();
    const editor = this.#page.getByRole("dialog");
    await editor.getByRole("combobox", { name: "Value" }).click();
    await this.#page.getByPlaceholder("Search values").fill(path);
    await this.#page.getByRole("option").first().click();
    const fallbacks = editor.getByLabel("If there is no value");
    await fallbacks.first().waitFor();
    for (const field of await fallbacks.all()) await field.fill(fallback);
    await this.#page.keyboard.press("Escape");
  }

  async zoomToFit(): Promise<void> {
    await atRest(this.#page);
    await this.#page.getByRole("button", { name: "Zoom to fit" }).click();
    await atRest(this.#page);
  }

  async tidyUp(): Promise<void> {
    await atRest(this.#page);
    await this.#page.getByRole("button", { name: "Tidy up" }).click();
    await this.zoomToFit();
  }

  async waitUntilSaved(): Promise<void> {
    await expect(this.#page.getByTestId("saved")).toHaveAttribute("data-save", "saved");
  }

  /** Asks for approval of the draft, as the publish dialog offers it. */
  async askApproval(why: string): Promise<void> {
    await this.waitUntilSaved();
    await this.#page
      .getByRole("button", { name: /^Publish/ })
      .first()
      .click();
    const dialog = this.#page.getByRole("dialog");
    await dialog.getByLabel("Why should this go live?").fill(why);
    await dialog.getByRole("button", { name: "Ask for approval" }).click();
    await expect(dialog).toHaveCount(0);
  }

  /** The maker asks, the checker approves, and the maker's editor says that this version runs. */
  async publish(running: string | RegExp = "v1 active"): Promise<void> {
    const name = await this.#page.getByRole("textbox", { name: "Name of the flow" }).inputValue();
    const address = this.#page.url();
    await this.askApproval("It was tried in the test bench and does what it should.");
    await signInAs(this.#page, "checker");
    await new Approvals(this.#page).approve(name);
    await signInAs(this.#page, "maker");
    await this.#page.goto(address);
    await expect(this.#page.getByText(running)).toBeVisible();
  }
}
