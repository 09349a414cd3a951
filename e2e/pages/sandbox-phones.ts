import { expect, type Locator, type Page } from "@playwright/test";

/** The demo customers' phones and the clock above them. */
export class SandboxPhones {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async open(): Promise<void> {
    await this.#page.goto("/sandbox");
    await expect(this.#page.getByRole("article").first()).toBeVisible();
  }

  phone(name: string): Locator {
    return this.#page.getByRole("article", { name });
  }

  /** The messages on a phone that say this. */
  messages(name: string, words: string | RegExp): Locator {
    return this.phone(name).getByRole("log").getByText(words);
  }

  /** Taps the newest button of this name, as the customer. */
  async tap(name: string, button: string): Promise<void> {
    await this.phone(name).getByRole("log").getByRole("button", { name: button, exact: true }).last().click();
  }

  /** Moves the product's and the sandbox's clock forward by the buttons above the phones. */
  async skip(span: "+1 h" | "+24 h"): Promise<void> {
    const clock = this.#page.getByTestId("product-time");
    const before = await clock.textContent();
    await this.#page.getByRole("button", { name: span, exact: true }).click();
    await expect(clock).not.toHaveText(before ?? "");
  }
}
