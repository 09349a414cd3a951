import { expect, type Locator, type Page } from "@playwright/test";

/** A flow as it runs, as one who watches it uses it. */
export class Live {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async open(flowId: string, query = ""): Promise<void> {
    await this.#page.goto(`/flows/${flowId}/live${query}`);
    await expect(this.#page.getByTestId("live-canvas")).toBeVisible();
  }

  step(nodeId: string): Locator {
    return this.#page.locator(`[data-testid=live-step][data-step="${nodeId}"]`);
  }

  /** Waits until the step shows this many, without a reload. */
  async expectFigure(nodeId: string, name: "waiting" | "passed" | "entered" | "left", n: number): Promise<void> {
    await expect(this.step(nodeId).getByTestId(`live-${name}`)).toHaveAttribute("data-n", String(n));
  }

  /** Waits until the figures were asked for so many times more: what they do not show by then did not happen. */
  async afterCounts(times: number): Promise<void> {
    for (let time = 0; time < times; time += 1)
      await this.#page.waitForResponse((response) => response.url().includes("live.counts"));
  }

  edge(edgeId: string): Locator {
    return this.#page.locator(`[data-testid=live-edge][data-edge="${edgeId}"]`);
  }

  get panel(): Locator {
    return this.#page.getByTestId("step-panel");
  }

  get people(): Locator {
    return this.#page.getByTestId("live-person");
  }
}
