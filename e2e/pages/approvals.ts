import { expect, type Locator, type Page } from "@playwright/test";

/** The queue as a second pair of eyes uses it. */
export class Approvals {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  get list(): Locator {
    return this.#page.getByRole("complementary", { name: "Requests" });
  }

  /** Opens what waits under this name; of several the newest. */
  async open(name: string): Promise<void> {
    await this.#page.goto("/approvals");
    await this.list.getByRole("link").filter({ hasText: name }).last().click();
    await expect(this.#page.getByRole("heading", { level: 2, name, exact: true })).toBeVisible();
  }

  /** Approves it after the question, as this person may. */
  async approve(name: string): Promise<void> {
    await this.open(name);
    await this.#page.getByRole("button", { name: /^Approve/ }).click();
    await this.#page
      .getByRole("alertdialog")
      .getByRole("button", { name: /^Approve/ })
      .click();
    await expect(this.#page.getByText("You", { exact: true })).toBeVisible();
  }
}
