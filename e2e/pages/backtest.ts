import { expect, type Locator, type Page } from "@playwright/test";

/** The drawer of the editor where a draft is played over what really happened. */
export class Backtest {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  get drawer(): Locator {
    return this.#page.getByRole("complementary", { name: "Backtest" });
  }

  async open(): Promise<void> {
    await this.#page.getByRole("button", { name: "Backtest", exact: true }).click();
    await expect(this.drawer).toBeVisible();
  }

  /** Begins, and waits until the figures stand there. */
  async run(): Promise<void> {
    await this.drawer.getByRole("button", { name: /^Run( again)?$/ }).click();
    await expect(this.figure("Would enter")).toBeVisible({ timeout: 120_000 });
    await expect(this.drawer.getByRole("progressbar")).toHaveCount(0);
  }

  /** The number under a label of the four figures. */
  figure(label: string): Locator {
    return this.drawer.locator("dl div", { hasText: label }).locator("dd span").first();
  }

  /** A cell of the comparison: the row's name, and the column counted from 1. */
  compared(row: string, column: number): Locator {
    return this.drawer
      .getByRole("row", { name: row })
      .getByRole("cell")
      .nth(column - 1);
  }

  /** The people of the list, each a button that opens their way. */
  get people(): Locator {
    return this.drawer.getByRole("listitem").getByRole("button", { expanded: false });
  }

  async otherRules(capPerDay: number): Promise<void> {
    await this.drawer.getByRole("button", { name: /^(Rules in force|Other rules)$/ }).click();
    await this.#page.getByRole("spinbutton", { name: "Messages a day per person, at most" }).fill(String(capPerDay));
    await this.#page.keyboard.press("Escape");
  }
}
