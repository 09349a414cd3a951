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
    // The server renders phones and chats; only a page that has come alive answers presses.
    await expect(this.#page.getByTestId("product-time")).not.toHaveText("…");
  }

  phone(name: string): Locator {
    return this.#page.getByRole("article", { name });
  }

  /** The messages on a phone that say this. */
  messages(name: string, words: string | RegExp): Locator {
    // A message that is quoted in another is still one message.
    return this.phone(name).getByRole("log").getByText(words).and(this.#page.locator(":not(blockquote *)"));
  }

  /** Runs `act` and waits until one message more of these words is on the phone. */
  async expectOneMore(name: string, words: string | RegExp, act: () => Promise<void>): Promise<void> {
    const before = await this.messages(name, words).count();
    await act();
    await expect(this.messages(name, words)).toHaveCount(before + 1);
  }

  /** Writes a message, as the customer, and waits until it has left the phone. */
  async say(name: string, words: string): Promise<void> {
    const field = this.phone(name).getByRole("textbox");
    await field.fill(words);
    await field.press("Enter");
    await expect(this.messages(name, words).last()).toBeVisible();
  }

  /** Taps the newest button of this name, as the customer. */
  async tap(name: string, button: string): Promise<void> {
    await this.phone(name).getByRole("log").getByRole("button", { name: button, exact: true }).last().click();
  }

  /** What is open over the chat: a list, a form. */
  sheet(name: string): Locator {
    return this.phone(name).getByRole("dialog");
  }

  /** Chooses from the menu behind the chat's three dots. */
  async choose(name: string, item: string): Promise<void> {
    await this.phone(name).getByRole("button", { name: "Chat options" }).click();
    await this.#page.getByRole("menuitem", { name: item }).click();
  }

  /** Sends a file of this computer by the paper clip. */
  async attach(name: string, file: { name: string; mimeType: string; buffer: Buffer }): Promise<void> {
    await this.phone(name).getByRole("button", { name: "Attach" }).click();
    const choosing = this.#page.waitForEvent("filechooser");
    await this.#page.getByRole("menuitem", { name: "Document" }).click();
    await (await choosing).setFiles(file);
  }

  /** Moves the product's and the sandbox's clock forward by the buttons above the phones. */
  async skip(span: "+1 h" | "+24 h"): Promise<void> {
    const clock = this.#page.getByTestId("product-time");
    const before = await clock.textContent();
    await this.#page.getByRole("button", { name: span, exact: true }).click();
    await expect(clock).not.toHaveText(before ?? "");
  }

  /**
   * Goes from wait to wait of all phones until one of these words is on this phone: what may not leave at night leaves in the morning.
   * In no hurry: what is due after a skip may stand behind other messages of that day, and a second skip would pass by the answer that
   * the flow waits for.
   */
  async skipUntil(name: string, words: string | RegExp): Promise<void> {
    const message = this.messages(name, words).last();
    const next = this.#page.getByRole("button", { name: /^Skip to next wait/ });
    await expect(async () => {
      if (!(await message.isVisible()) && (await next.isEnabled())) await next.click();
      await expect(message).toBeVisible({ timeout: 20_000 });
    }).toPass({ timeout: 100_000 });
  }
}
