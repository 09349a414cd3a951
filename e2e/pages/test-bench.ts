import { expect, type Locator, type Page } from "@playwright/test";

/** The drawer of the editor where a maker plays a person through the draft; nothing of it is sent. */
export class TestBench {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  get #drawer(): Locator {
    return this.#page.getByRole("complementary", { name: "Test bench" });
  }

  async open(): Promise<void> {
    await this.#page.getByRole("button", { name: "Test", exact: true }).click();
    await expect(this.#drawer).toBeVisible();
  }

  /** Sends the flow's event about somebody. */
  async start(person: string): Promise<void> {
    await this.#drawer.getByRole("combobox", { name: "Person" }).click();
    await this.#page.getByRole("option", { name: person }).click();
    await this.#drawer.getByRole("button", { name: "Start", exact: true }).click();
  }

  get phone(): Locator {
    return this.#drawer.getByRole("log");
  }

  async tap(button: string): Promise<void> {
    await this.phone.getByRole("button", { name: button }).last().click();
  }

  /** Jumps to the end of the next wait. */
  async skip(): Promise<void> {
    await this.#drawer.getByRole("button", { name: /^Skip to/ }).click();
  }

  /** A line of the log, by words in it. */
  log(words: string | RegExp): Locator {
    return this.#drawer.getByText(words).last();
  }

  /** Keeps the run as a case with the usual outcomes. */
  async saveCase(name: string): Promise<void> {
    await this.#drawer.getByRole("button", { name: "Save as case" }).click();
    await this.#page.getByRole("textbox", { name: "Name of the case" }).fill(name);
    await this.#page.getByRole("button", { name: "Save", exact: true }).click();
  }

  /** What the head says of the cases; opens their list. */
  cases(words: string): Locator {
    return this.#drawer.getByRole("button", { name: words });
  }

  async close(): Promise<void> {
    await this.#drawer.getByRole("button", { name: "Close" }).click();
    await expect(this.#drawer).toBeHidden();
  }
}
