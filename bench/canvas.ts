import { fileURLToPath } from "node:url";
import type { BrowserContext } from "@playwright/test";
import { z } from "zod";
import type { Catalog } from "#flow/template.ts";
import { openBrowser } from "#scripts/shots/open-browser.ts";
import { askVerb, callVerb } from "#scripts/testing/verbs.ts";
import { allDrawn, openEditor, scriptsOf, typeTitle } from "./canvas/editor-page.ts";
import { type Both, bothMoves, countInSight, type Movement, zoomOut } from "./canvas/frames.ts";
import { inColumns, largeFlow } from "./canvas/large-flow.ts";
import { onPage, signedIn, startProduct } from "./canvas/product.ts";
import { serveStress } from "./canvas/serve-stress.ts";
import { machine } from "./engine/machine.ts";
import { print, report } from "./engine/print.ts";
import { commandOf, fillPage, today } from "./measure/fill-page.ts";
import { flag, option, options } from "./measure/options.ts";
import { median, medians, round } from "./measure/statistics.ts";
import { showRemark, showTable, takeTables } from "./measure/tables.ts";

/**
 * The flow editor in a real Chromium, production build: frames while a step is dragged and the canvas is panned, a key in the
 * inspector to the canvas, opening, and the weight of its scripts; React Flow with plain nodes beside it, round by round.
 * `npm run bench:canvas -- [--sizes 200,500] [--rounds 5] [--keys 60] [--url http://localhost:3000] [--write]`
 * With `--url` it measures a running demo, else a throw-away Chasqui of its own.
 */
const sizes = options("sizes", [200, 500]);
const rounds = option("rounds", 5);
const keys = option("keys", 60);
const at = process.argv.indexOf("--url");
const step = '[data-testid="step"]';
const bars = { frame: (size: number) => (size <= 200 ? 16.7 : 33), key: 50, open: 1500, scripts: 350 };

const loadBefore = machine().load;
const product = at < 0 ? await startProduct() : { url: process.argv[at + 1] ?? "", stop: async () => undefined };
const rival = await serveStress();
const browser = await openBrowser();
try {
  const context = await signedIn(browser, product.url);
  const figures = { ...(await measureAll(context)), scripts: await weigh(context) };
  const { load: loadAfter, ...where } = machine();
  const all = { bench: "canvas", ...figures, ...where, chromium: browser.version(), loadBefore, loadAfter };
  if (flag("write")) writePage(all);
  print(JSON.stringify(all));
} finally {
  await browser.close();
  await rival.close();
  await product.stop();
}

type Round = {
  open: number;
  drawn: number;
  near: Both;
  whole: Both;
  inSight: number;
  key: { p50: number; p95: number };
  plain: Both;
};

async function measureAll(context: BrowserContext) {
  const catalog = z
    .custom<Catalog>()
    .parse(await askVerb({ request: context.request, url: product.url }, "flows.catalog"));
  const figures: Record<string, unknown> = {};
  const frames: (string | number)[][] = [
    ["", "p50 ms", "p95 ms", "bar", "worst ms", "main thread CPU, ms a frame", "moves a frame"],
  ];
  const other: (string | number)[][] = [
    ["", "key to canvas, p50 ms", "p95 ms", "bar", "opens in ms", "bar", "all steps drawn, ms"],
  ];
  for (const size of sizes) {
    const list: Round[] = [];
    const graph = largeFlow(size, catalog);
    const flows = {
      column: await importFlow(context, `Bench ${size}`, graph),
      columns: await importFlow(context, `Bench ${size} in columns`, inColumns(graph)),
    };
    for (let turn = 0; turn <= rounds; turn += 1) {
      const one = await measureOnce(context, flows, size);
      report(`${size} steps, ${turn === 0 ? "warm-up" : `round ${turn}`}: ${JSON.stringify(one)}`);
      if (turn > 0) list.push(one);
    }
    for (const [name, bar, pick] of movements(size, list[0]?.inSight ?? 0)) {
      const middle = medians(list.map(pick));
      figures[`${name} (${size})`] = middle;
      frames.push([
        ...[`${size} steps: ${name}`, middle.p50, middle.p95, bar],
        ...[middle.worst, middle.work, middle.movesPerFrame],
      ]);
    }
    const key = medians(list.map((one) => one.key));
    const open = round(median(list.map((one) => one.open)), 1);
    const drawn = round(median(list.map((one) => one.drawn)), 1);
    Object.assign(figures, { [`key (${size})`]: key, [`open (${size})`]: open, [`drawn (${size})`]: drawn });
    other.push([`${size} steps`, key.p50, key.p95, bars.key, open, bars.open, drawn]);
  }
  showTable("Frames while something is moved", frames);
  showTable("Typing and opening", other);
  return figures;
}

type Wanted = [name: string, bar: string | number, pick: (one: Round) => Movement];

function movements(size: number, inSight: number): Wanted[] {
  const whole = inSight === size ? "all steps" : `${inSight} steps`;
  return [
    ["editor, drag", bars.frame(size), (one) => one.near.drag],
    ["editor, pan", bars.frame(size), (one) => one.near.pan],
    [`editor with ${whole} in sight, drag`, bars.frame(size), (one) => one.whole.drag],
    [`editor with ${whole} in sight, pan`, bars.frame(size), (one) => one.whole.pan],
    ["React Flow with plain nodes, drag", "", (one) => one.plain.drag],
    ["React Flow with plain nodes, pan", "", (one) => one.plain.pan],
  ];
}

type Flows = { column: string; columns: string };

async function measureOnce(context: BrowserContext, flows: Flows, size: number): Promise<Round> {
  const editor = await onPage(context, async (page) => {
    const open = await openEditor(page, `/flows/${flows.column}`);
    const drawn = await allDrawn(page, size);
    await page.waitForTimeout(500);
    return { open, drawn, near: await bothMoves(page, step), key: await typeTitle(page, keys) };
  });
  const zoomedOut = await onPage(context, async (page) => {
    await openEditor(page, `/flows/${flows.columns}`);
    await allDrawn(page, size);
    await zoomOut(page, step);
    return { inSight: await countInSight(page, step), whole: await bothMoves(page, step) };
  });
  const plain = await onPage(context, async (page) => {
    await page.goto(rival.url(size));
    await page.locator(".react-flow__node").first().waitFor();
    await page.waitForTimeout(500);
    return bothMoves(page, ".react-flow__node");
  });
  return { ...editor, ...zoomedOut, plain };
}

async function weigh(context: BrowserContext) {
  const flowId = await importFlow(context, "Bench scripts", largeFlow(8, { templates: [] }));
  const list = await onPage(context, (page) => scriptsOf(page, "/flows"));
  const editor = await onPage(context, (page) => scriptsOf(page, `/flows/${flowId}`));
  const sum = (parts: Iterable<number>) => round([...parts].reduce((all, bytes) => all + bytes, 0) / 1024);
  const own = [...editor].filter(([name]) => !list.has(name)).map(([, bytes]) => bytes);
  const kilobytes = { own: sum(own), all: sum(editor.values()), list: sum(list.values()) };
  showTable("Scripts, gzipped", [
    ["", "kB", "bar"],
    ["the editor's own", kilobytes.own, bars.scripts],
    ["all that its page loads", kilobytes.all, ""],
    ["all that the list of flows loads", kilobytes.list, ""],
  ]);
  showRemark("The editor's own scripts are those that its page loads and the list of flows does not.");
  return kilobytes;
}

async function importFlow(context: BrowserContext, name: string, graph: object): Promise<string> {
  const answer = await callVerb({ request: context.request, url: product.url }, "flows.import", { name, graph });
  return z.object({ flowId: z.string() }).parse(answer).flowId;
}

function writePage({ cores, cpu, commit, node, chromium, loadBefore, loadAfter }: Record<string, unknown>): void {
  const page = fileURLToPath(new URL("../docs/performance.md", import.meta.url));
  const typed = process.argv.slice(2).filter((each) => each !== "--write");
  const about = `\`${commandOf("bench:canvas", typed)}\`, ${today()}, commit ${commit}, ${cores} cores (${cpu}), Node ${node}, Chromium ${chromium}, load ${loadBefore} before and ${loadAfter} after.`;
  fillPage(page, ["<!-- bench:canvas -->", "<!-- end of bench:canvas -->"], `${takeTables()}\n${about}`);
}
