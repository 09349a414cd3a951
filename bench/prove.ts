import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build, preview } from "vite";
import { openBrowser } from "#scripts/shots/open-browser.ts";
import { machine } from "./engine/machine.ts";
import { print } from "./engine/print.ts";
import { commandOf, fillPage, today } from "./measure/fill-page.ts";
import { flag, option, options } from "./measure/options.ts";
import { quantile, round } from "./measure/statistics.ts";
import { showRemark, showTable, takeTables } from "./measure/tables.ts";
import type { Looks } from "./prove/page.ts";
import { shapes } from "./prove/shapes.ts";

/**
 * How long the browser takes to prove what holds of a flow, findings and all: in Chromium, the code as it is built for production, in
 * rounds of all shapes and sizes by turns. `npm run bench:prove -- [--sizes 50,200,500] [--rounds 40] [--write]`
 */
const sizes = options("sizes", [50, 200, 500]);
const rounds = option("rounds", 40);
const warmUps = 5;

const outDir = mkdtempSync(path.join(os.tmpdir(), "chasqui-prove-"));
const root = fileURLToPath(new URL("prove", import.meta.url));
const settings = { root, configFile: false, logLevel: "error", build: { outDir } } as const;
const loadBefore = machine().load;
await build(settings);
const server = await preview({ ...settings, preview: { port: 0, host: "127.0.0.1" } });
const browser = await openBrowser();
try {
  const address = server.httpServer.address();
  if (typeof address !== "object" || address === null) throw new Error("The page could not be served.");
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${address.port}/`);
  await page.waitForFunction(() => "measureProof" in window);
  const look = (shape: string, size: number, times: number): Promise<Looks> =>
    page.evaluate(([one, many, often]) => Reflect.get(window, "measureProof")(one, many, often), [
      shape,
      size,
      times,
    ] as const);
  const all = Object.keys(shapes).flatMap((shape) =>
    sizes.map((size) => ({ shape, size, fresh: [] as number[], changed: [] as number[], findings: 0 })),
  );
  for (const one of all) await look(one.shape, one.size, warmUps);
  for (let turn = 0; turn < rounds; turn += 1) {
    for (const one of turn % 2 === 0 ? all : all.toReversed()) {
      const { fresh, changed, findings } = await look(one.shape, one.size, 1);
      one.fresh.push(...fresh);
      one.changed.push(...changed);
      one.findings = findings;
    }
  }
  const figures = all.map(({ shape, size, fresh, changed, findings }) => ({
    shape,
    steps: size,
    firstP50: round(quantile(fresh, 0.5), 1),
    firstP95: round(quantile(fresh, 0.95), 1),
    changeP50: round(quantile(changed, 0.5), 1),
    changeP95: round(quantile(changed, 0.95), 1),
    findings,
  }));
  showTable(`Milliseconds in Chromium ${browser.version()} until all is proven (${rounds} rounds)`, [
    ["flow", "steps", "first look p50", "p95", "after a change p50", "p95", "findings"],
    ...figures.map((one) => [
      one.shape,
      one.steps,
      one.firstP50,
      one.firstP95,
      one.changeP50,
      one.changeP95,
      one.findings,
    ]),
  ]);
  showRemark("Asked for: 500 steps in less than 100 ms.");
  const { load: loadAfter, ...where } = machine();
  const about = `\`${commandOf(
    "bench:prove",
    process.argv.slice(2).filter((each) => each !== "--write"),
  )}\`, ${today()}, commit ${where.commit}, ${where.cores} cores (${where.cpu}), load ${loadBefore} before and ${loadAfter} after.`;
  if (flag("write")) {
    const target = fileURLToPath(new URL("../docs/performance.md", import.meta.url));
    fillPage(target, ["<!-- bench:prove -->", "<!-- end of bench:prove -->"], `${takeTables()}\n${about}`);
  }
  print(JSON.stringify({ bench: "prove", figures, ...where, loadBefore, loadAfter }));
} finally {
  await browser.close();
  await server.close();
  rmSync(outDir, { recursive: true, force: true });
}
