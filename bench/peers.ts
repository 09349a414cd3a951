import { readFileSync } from "node:fs";
import path from "node:path";
import { approveTemplate } from "./engine/bench-world.ts";
import { report } from "./engine/print.ts";
import { option } from "./measure/options.ts";
import { runBench } from "./measure/run-bench.ts";
import { medians, round } from "./measure/statistics.ts";
import { showRemark, showTable } from "./measure/tables.ts";
import { installPeers, isInstalled } from "./peers/install.ts";
import { runSide, type SideRound } from "./peers/run-side.ts";
import { type Side, sides } from "./peers/sides.ts";

/**
 * The same work (event, match, condition, split, send, goal) on the engine and on its peers, in rounds that take turns on one
 * machine, with the CPU of client and server processes. `npm run bench:peers -- [--runs 3000] [--rounds 5] [--only pg-boss,DBOS]`
 */
const runs = option("runs", 3000);
const rounds = option("rounds", 5);

await runBench("peers", async (stack) => {
  installPeers(report);
  const able = sides.filter(isAble);
  await stack.startSandbox();
  await stack.control("schedule", { sent_ms: null, delivered_ms: null, read_ms: null });
  await approveTemplate(stack);
  const results = new Map<string, SideRound[]>(able.map(({ name }) => [name, []]));
  for (let turn = 1; turn <= rounds; turn += 1) {
    for (const side of turn % 2 === 1 ? able : able.toReversed()) {
      try {
        const result = await runSide(stack, { side, runs });
        results.get(side.name)?.push(result);
        report(`round ${turn} ${side.name} ${JSON.stringify(result)}`);
      } catch (error) {
        report(`round ${turn} ${side.name} FAILED: ${String(error)}\n${stack.lastLogs()}`);
      }
    }
  }
  return show(able, results);
});

function isAble({ name, needs }: Side): boolean {
  const at = process.argv.indexOf("--only");
  if (
    at > 0 &&
    name !== "Chasqui" &&
    !(process.argv[at + 1] ?? "").split(",").some((wanted) => name.startsWith(wanted))
  )
    return false;
  if (!needs || isInstalled(needs.command)) return true;
  report(`${name} is left out: ${needs.command} is missing (${needs.hint}).`);
  return false;
}

function show(able: readonly Side[], results: ReadonlyMap<string, SideRound[]>) {
  const figures = able.flatMap(({ name, does }) => {
    const all = results.get(name) ?? [];
    return all.length === 0 ? [] : [{ name, does, rounds: all.length, ...medians(all) }];
  });
  const ours = figures.find(({ name }) => name === "Chasqui")?.cpuUs ?? 0;
  const rows = figures.map((each) => ({ ...each, times: round(each.cpuUs / Math.max(1, ours), 1) }));
  const versions = versionsOf();
  showTable(`Medians of ${rounds} rounds of ${runs.toLocaleString("en")} runs`, [
    ["", "version", "runs/s", "us CPU per run", "of it the client", "of it the server", "times ours"],
    ...rows.map((row) => [
      row.name,
      versions[row.name] ?? "",
      round(row.perSecond),
      round(row.cpuUs),
      round(row.clientUs),
      round(row.serverUs),
      row.times,
    ]),
  ]);
  showRemark(["What each does:", "", ...rows.map(({ name, does }) => `- ${name}: ${does}.`)].join("\n"));
  const peers = Object.fromEntries(
    rows.map(({ name, perSecond, cpuUs, times }) => [
      name,
      { version: versions[name], perSecond: round(perSecond), cpuUs: round(cpuUs), times },
    ]),
  );
  return { runs, rounds, peers };
}

function versionsOf(): Record<string, string> {
  const file = path.join(import.meta.dirname, "peers", "sides", "package.json");
  const { dependencies } = JSON.parse(readFileSync(file, "utf8")) as { dependencies: Record<string, string> };
  return {
    "pg-boss": dependencies["pg-boss"] ?? "",
    "graphile-worker": dependencies["graphile-worker"] ?? "",
    BullMQ: dependencies.bullmq ?? "",
    "Restate, call only": dependencies["@restatedev/restate-server"] ?? "",
    "Restate, each step": dependencies["@restatedev/restate-server"] ?? "",
    "DBOS, call only": dependencies["@dbos-inc/dbos-sdk"] ?? "",
    "DBOS, each step": dependencies["@dbos-inc/dbos-sdk"] ?? "",
  };
}
