import { expect, type Page } from "@playwright/test";

/** Until nothing stands in for what is still to come. A screen that never loads it all is looked at as it is. */
export const untilLoaded = (page: Page): Promise<void> =>
  expect(page.locator("[data-loading]"))
    .toHaveCount(0, { timeout: 8000 })
    .catch(() => undefined);
