import type { CDPSession, Page } from "@playwright/test";
import { quantile, round } from "../measure/statistics.ts";

/** Frames of one movement. Times in milliseconds; `work` is the processor time of the page's main thread per frame, which other processes change little. */
export type Movement = { p50: number; p95: number; worst: number; work: number; movesPerFrame: number };

const moves = 90;

/** Holds the mouse at a point and moves it in a wide loop, one step after the other as the page takes them in. */
export async function moveAround(page: Page, from: { x: number; y: number }): Promise<Movement> {
  const cdp = await page.context().newCDPSession(page);
  // The thread's own processor time, whatever else the machine does.
  await cdp.send("Performance.enable", { timeDomain: "threadTicks" });
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  // Past the threshold at which a press becomes a drag.
  await page.mouse.move(from.x + 8, from.y + 8);
  await startSampling(page);
  const before = await taskSeconds(cdp);
  for (let step = 1; step <= moves; step += 1) {
    const turn = (step / moves) * 4 * Math.PI;
    await page.mouse.move(from.x + 8 + 120 * Math.sin(turn), from.y + 8 + 90 * (1 - Math.cos(turn)));
  }
  const after = await taskSeconds(cdp);
  const frames = await stopSampling(page);
  await page.mouse.up();
  await cdp.detach();
  return {
    p50: round(quantile(frames, 0.5), 1),
    p95: round(quantile(frames, 0.95), 1),
    worst: round(Math.max(...frames), 1),
    work: round(((after - before) * 1000) / frames.length, 1),
    movesPerFrame: round(moves / frames.length, 2),
  };
}

async function taskSeconds(cdp: CDPSession): Promise<number> {
  const { metrics } = await cdp.send("Performance.getMetrics");
  return metrics.find(({ name }) => name === "TaskDuration")?.value ?? 0;
}

const startSampling = (page: Page) =>
  page.evaluate(() => {
    const frames: number[] = [];
    let last = performance.now();
    let isRunning = true;
    const tick = (now: number) => {
      frames.push(now - last);
      last = now;
      if (isRunning) requestAnimationFrame(tick);
    };
    requestAnimationFrame((now) => {
      last = now;
      requestAnimationFrame(tick);
    });
    const stop = () => {
      isRunning = false;
      return frames;
    };
    Object.assign(window, { benchFrames: stop });
  });

const stopSampling = (page: Page): Promise<number[]> => page.evaluate(() => Reflect.get(window, "benchFrames")());

export type Both = { drag: Movement; pan: Movement };

/** Drags a node near the middle, then the ground. */
export async function bothMoves(page: Page, target: string): Promise<Both> {
  const at = await page.evaluate((selector) => {
    const ground = document.querySelector(".react-flow__pane")?.getBoundingClientRect();
    if (!ground) throw new Error("There is no canvas.");
    const middle = { x: ground.x + ground.width / 2, y: ground.y + ground.height / 2 };
    const boxes = [...document.querySelectorAll(selector)].map((element) => element.getBoundingClientRect());
    const away = (box: DOMRect) => Math.hypot(box.x + box.width / 2 - middle.x, box.y - middle.y);
    const [nearest] = boxes.toSorted((a, b) => away(a) - away(b));
    if (!nearest) throw new Error("There is nothing to drag.");
    const isFree = (x: number, y: number) => document.elementFromPoint(x, y)?.classList.contains("react-flow__pane");
    const across = Array.from({ length: 40 }, (_, index) => ground.x + 200 + index * 20);
    const points = across.flatMap((x) =>
      Array.from({ length: 20 }, (_, index) => ({ x, y: ground.y + 60 + index * 20 })),
    );
    const free = points.find(({ x, y }) => isFree(x, y));
    if (!free) throw new Error("There is no free ground to pan by.");
    return { node: { x: nearest.x + nearest.width / 3, y: nearest.y + Math.min(18, nearest.height / 4) }, free };
  }, target);
  const drag = await moveAround(page, at.node);
  await page.waitForTimeout(200);
  const pan = await moveAround(page, at.free);
  await page.waitForTimeout(200);
  return { drag, pan };
}

/** As far as the editor lets one, and what is to be seen in the middle: the worst case for drawing. */
export async function zoomOut(page: Page, selector: string): Promise<void> {
  await page.keyboard.press("Escape");
  const out = page.getByRole("button", { name: "Zoom out" });
  for (let press = 0; press < 12; press += 1) {
    await out.click();
    await page.waitForTimeout(150);
  }
  for (let nudge = 0; nudge < 12; nudge += 1) {
    const { ground, boxes } = await placesOf(page, selector);
    const [left, right] = [Math.min(...boxes.map((box) => box.left)), Math.max(...boxes.map((box) => box.right))];
    const [top, bottom] = [Math.min(...boxes.map((box) => box.top)), Math.max(...boxes.map((box) => box.bottom))];
    const off = {
      x: (left + right - ground.left - ground.right) / 2,
      y: (top + bottom - ground.top - ground.bottom) / 2,
    };
    if (Math.hypot(off.x, off.y) < 10) return;
    await page.mouse.move((ground.left + ground.right) / 2, ground.top + 20);
    await page.mouse.wheel(off.x, off.y);
    await page.waitForTimeout(100);
  }
}

/** How many of them the canvas shows, at least in part. */
export async function countInSight(page: Page, selector: string): Promise<number> {
  const { ground, boxes } = await placesOf(page, selector);
  return boxes.filter(
    ({ left, right, top, bottom }) =>
      right > ground.left && left < ground.right && bottom > ground.top && top < ground.bottom,
  ).length;
}

type Box = Pick<DOMRect, "left" | "right" | "top" | "bottom">;

/** Where the canvas and what lies on it stand in the window, in pixels. */
const placesOf = (page: Page, selector: string): Promise<{ ground: Box; boxes: Box[] }> =>
  page.evaluate((wanted) => {
    const ground = document.querySelector(".react-flow__pane")?.getBoundingClientRect();
    if (!ground) throw new Error("There is no canvas.");
    const boxes = [...document.querySelectorAll(wanted)].map((element) => element.getBoundingClientRect().toJSON());
    return { ground: ground.toJSON(), boxes };
  }, selector);
