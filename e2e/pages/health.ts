import { expect, type Locator, type Page } from "@playwright/test";

/** The Health screen: how the engine is, and what a person does about it. */
export class HealthPage {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async open(): Promise<void> {
    await this.#page.goto("/health");
    await expect(this.lane("Fraud")).toBeVisible();
  }

  /** What waits in one lane, and how it is. */
  lane(name: string): Locator {
    return this.panel("Lanes").getByRole("row").filter({ hasText: name });
  }

  panel(name: string): Locator {
    return this.#page.getByRole("region", { name, exact: true });
  }

  /** Dead letters of one place. */
  letters(where: string): Locator {
    return this.panel("Dead letters").getByRole("row").filter({ hasText: where });
  }

  /** The chip that counts what to look at; opened, it lists it. */
  async expectToLookAt(words: string | RegExp): Promise<void> {
    await this.#page.getByRole("button", { name: /things? to look at/ }).click();
    await expect(this.#page.getByRole("dialog").getByRole("listitem").filter({ hasText: words })).toBeVisible();
    await this.#page.keyboard.press("Escape");
  }

  /** The count beside the screen's icon in the rail, as it is read aloud. */
  get badge(): Locator {
    return this.#page.getByRole("link", { name: /^Health, \d+ things? to look at$/ });
  }

  async answer(question: string, confirm: string | RegExp): Promise<void> {
    await this.#page.getByRole("button", { name: question }).click();
    await this.#page.getByRole("alertdialog").getByRole("button", { name: confirm }).click();
  }
}
