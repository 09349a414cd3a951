import { gzipSync } from "node:zlib";
import type { Page } from "@playwright/test";
import { quantile, round } from "../measure/statistics.ts";

/** Milliseconds from the navigation until a step is drawn, measured and the main thread is free to answer. */
export async function openEditor(page: Page, address: string): Promise<number> {
  await page.goto(address, { waitUntil: "commit" });
  const ready = await page.waitForFunction(() => {
    const card = document.querySelector<HTMLElement>('.react-flow__node [data-testid="step"]');
    return card?.checkVisibility({ visibilityProperty: true }) ? performance.now() : false;
  });
  const drawn = Number(await ready.jsonValue());
  const free = await page.evaluate(
    () => new Promise<number>((resolve) => setTimeout(() => resolve(performance.now()), 0)),
  );
  // The way between page and test is not the page's: only a busy main thread counts beyond the drawing.
  const longTask = await page.evaluate(() => performance.getEntriesByType("longtask").at(-1)?.startTime ?? 0);
  return round(longTask > drawn ? free : drawn);
}

/** Milliseconds from the navigation until every step is drawn and measured: a large flow's come a few at a time. */
export async function allDrawn(page: Page, steps: number): Promise<number> {
  const ready = await page.waitForFunction((wanted) => {
    const cards = document.querySelectorAll<HTMLElement>('.react-flow__node [data-testid="step"]');
    const isWhole = cards.length === wanted && cards[wanted - 1]?.checkVisibility({ visibilityProperty: true });
    return isWhole ? performance.now() : false;
  }, steps);
  return round(Number(await ready.jsonValue()));
}

/** From the key's own time to the frame that shows the letter on the card, in milliseconds: the middle and the 95th of a hundred. */
export async function typeTitle(page: Page, keys: number): Promise<{ p50: number; p95: number }> {
  const card = page.locator('[data-testid="step"]').nth(1);
  await card.click({ position: { x: 90, y: 20 } });
  const field = page.getByRole("textbox", { name: "Title of the step" });
  // A title has an end: what earlier rounds typed would leave no room for these keys.
  await field.fill("");
  await page.evaluate(() => {
    const times: number[] = [];
    let pressed = 0;
    document.addEventListener("keydown", (event) => (pressed = event.timeStamp), true);
    const chosen = document.querySelector('[data-testid="step"][data-selected]');
    if (!chosen) throw new Error("No step is chosen.");
    const observer = new MutationObserver(() => {
      const from = pressed;
      if (from === 0) return;
      pressed = 0;
      // After the frame that paints the change.
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => times.push(performance.now() - from);
        port2.postMessage(null);
      });
    });
    observer.observe(chosen, { subtree: true, characterData: true, childList: true });
    Object.assign(window, { benchKeys: () => times });
  });
  for (let key = 0; key < keys; key += 1) {
    await page.keyboard.press(key % 10 === 9 ? "Backspace" : ("abcdefghi"[key % 9] ?? "a"));
    await page.waitForTimeout(30);
  }
  const times: number[] = await page.evaluate(() => Reflect.get(window, "benchKeys")());
  if (times.length < keys * 0.8) throw new Error(`Only ${times.length} of ${keys} keys reached the card.`);
  return { p50: round(quantile(times, 0.5), 1), p95: round(quantile(times, 0.95), 1) };
}

/** The scripts that a page loads on its own, by address, in bytes as they travel when gzipped. */
export async function scriptsOf(page: Page, address: string): Promise<Map<string, number>> {
  const sizes = new Map<string, number>();
  const waiting: Promise<void>[] = [];
  page.on("response", (response) => {
    if (response.request().resourceType() !== "script" || !response.ok()) return;
    waiting.push(
      response.body().then(
        (body) => void sizes.set(new URL(response.url()).pathname, gzipSync(body).length),
        () => undefined,
      ),
    );
  });
  await page.goto(address, { waitUntil: "networkidle" });
  await Promise.all(waiting);
  page.removeAllListeners("response");
  return sizes;
}
