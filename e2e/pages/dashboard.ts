import type { Locator, Page } from "@playwright/test";

/** The numbers of what became of messages. */
export class Dashboard {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async open(query = ""): Promise<void> {
    await this.#page.goto(`/dashboard${query}`);
    await this.figure("Sent").waitFor();
  }

  /** One of the nine numbers of the head. */
  figure(name: string): Locator {
    return this.#page.getByRole("region", { name: "The numbers in short" }).getByRole("button", { name });
  }

  block(name: string): Locator {
    return this.#page.getByRole("region", { name });
  }

  /** The count of the messages that were sent, as the head says it. */
  async sent(): Promise<number> {
    const words = (await this.figure("Sent").innerText()).split("\n");
    return Number(words[1]?.replaceAll(/\D/g, ""));
  }

  async openBehind(step: string): Promise<Locator> {
    await this.block("From sent to converted")
      .getByRole("button", { name: new RegExp(`^${step}\\b`) })
      .click();
    return this.#page.getByRole("dialog", { name: step });
  }

  async menu(block: string, item: string): Promise<void> {
    await this.block(block)
      .getByRole("button", { name: /^What to do with/ })
      .click();
    await this.#page.getByRole("menuitem", { name: item }).click();
  }
}
