import type { Page } from "@playwright/test";

/** Opens the page anew while one of its questions stays without an answer: what stands there until then. */
export async function neverAnswers(page: Page, procedure: string): Promise<void> {
  await page.route(
    (url) => url.pathname.includes("/api/trpc/") && url.pathname.includes(procedure),
    () => undefined,
  );
  await page.reload({ waitUntil: "domcontentloaded" });
  await page.locator(".animate-skeleton").first().waitFor();
}
