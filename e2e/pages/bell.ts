import { expect, type Locator, type Page } from "@playwright/test";

/** The bell of the top bar with its panel. */
export class Bell {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  get button(): Locator {
    return this.#page.getByRole("button", { name: /^Notifications/ });
  }

  get panel(): Locator {
    return this.#page.getByRole("dialog", { name: /^Notifications/ });
  }

  async open(): Promise<void> {
    await this.button.click();
    await expect(this.panel.getByRole("heading", { name: "Notifications" })).toBeVisible();
  }

  /** What stands in the panel about a thing. */
  about(name: string): Locator {
    return this.panel.getByRole("link").filter({ hasText: name });
  }
}
