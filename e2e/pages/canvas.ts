import { expect, type Locator, type Page } from "@playwright/test";

/** The drawing of a flow and what one does to it by hand or by keys: steps by their id, notes, groups, the clipboard. */
export class Canvas {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async open(flowId: string): Promise<void> {
    await this.#page.goto(`/flows/${flowId}`);
    await expect(this.#page.getByTestId("canvas")).toBeVisible();
    // The server renders the cards; only a page that has come alive knows how old the draft is.
    await expect(this.#page.getByTestId("saved")).toHaveText(/Saved/);
  }

  get steps(): Locator {
    return this.#page.getByTestId("step");
  }

  get edges(): Locator {
    return this.#page.getByTestId("edge");
  }

  get notes(): Locator {
    return this.#page.getByTestId("note");
  }

  get groups(): Locator {
    return this.#page.getByTestId("group");
  }

  step(id: string): Locator {
    return this.#page.locator(`[id="step-${id}"]`);
  }

  /** A step by the words on its card. */
  called(title: string): Locator {
    return this.steps.filter({ hasText: title });
  }

  async choose(...ids: string[]): Promise<void> {
    for (const [index, id] of ids.entries()) {
      const modifiers = index === 0 ? [] : ["Control" as const];
      await this.step(id).click({ position: { x: 110, y: 16 }, modifiers });
      await expect(this.step(id)).toHaveAttribute("data-selected", "true");
    }
  }

  /** Draws a line from a way out to a point of the canvas, counted from the way's own place. */
  async dragWay(id: string, way: string, by: { x: number; y: number }): Promise<void> {
    const box = await this.step(id).locator(`[data-way-out="${way}"]`).boundingBox();
    if (!box) throw new Error(`The way ${way} of ${id} is not on the canvas.`);
    const from = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    await this.#page.mouse.move(from.x, from.y);
    await this.#page.mouse.down();
    await this.#page.mouse.move(from.x + by.x / 2, from.y + by.y / 2, { steps: 4 });
    await this.#page.mouse.move(from.x + by.x, from.y + by.y, { steps: 4 });
    await this.#page.mouse.up();
  }

  /** Takes the step of this name from the menu that is open where one works. */
  async takeFromMenu(typed: string): Promise<void> {
    await expect(this.#page.getByRole("dialog", { name: "Add a step" })).toBeVisible();
    await expect(this.#page.getByPlaceholder("Search steps").last()).toBeFocused();
    await this.#page.keyboard.type(typed);
    await this.#page.keyboard.press("Enter");
    await expect(this.#page.getByRole("dialog", { name: "Add a step" })).toHaveCount(0);
  }

  async writeNote(words: string): Promise<void> {
    await this.#page.keyboard.press("n");
    await expect(this.#page.getByRole("textbox", { name: "Text of the note" })).toBeFocused();
    await this.#page.keyboard.type(words);
    await this.#page.keyboard.press("Control+Enter");
    await expect(this.notes.filter({ hasText: words })).toHaveCount(1);
  }

  async group(name: string): Promise<void> {
    await this.#page.keyboard.press("Control+g");
    const field = this.#page.getByRole("textbox", { name: "Name of the group" });
    await expect(field).toBeFocused();
    await field.fill(name);
    await field.press("Enter");
    await expect(this.groups.filter({ hasText: name })).toHaveCount(1);
  }

  async find(words: string): Promise<void> {
    await this.#page.keyboard.press("Control+f");
    await expect(this.#page.getByPlaceholder("Title, event or template")).toBeFocused();
    await this.#page.keyboard.type(words);
    await this.#page.keyboard.press("Enter");
  }

  async saved(): Promise<void> {
    await expect(this.#page.getByTestId("saved")).toHaveAttribute("data-save", "saved");
  }
}
