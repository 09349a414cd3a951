import { fileURLToPath } from "node:url";
import { BenchStack } from "../engine/bench-stack.ts";
import { machine } from "../engine/machine.ts";
import { print, report } from "../engine/print.ts";
import { commandOf, fillPage, today } from "./fill-page.ts";
import { flag } from "./options.ts";
import { takeTables } from "./tables.ts";

export type Figures = Record<string, unknown>;

const page = fileURLToPath(new URL("../../docs/performance.md", import.meta.url));

/**
 * Runs a benchmark on a stack of its own and takes the stack down whatever happens, also on Ctrl-C and SIGTERM. Its tables are on
 * standard output; the last line there is one JSON object of its figures, with the machine and its load before and after.
 * `--write` also puts the tables into docs/performance.md, between the markers of this name.
 */
export async function runBench(
  name: string,
  work: (stack: BenchStack) => Promise<Figures>,
  settings: readonly string[] = [],
): Promise<void> {
  const before = machine().load;
  const stack = await BenchStack.open({ settings });
  let isInterrupted = false;
  const stop = (why: unknown) => {
    if (isInterrupted) return;
    isInterrupted = true;
    report(`Interrupted (${why instanceof Error ? why.stack : why}): stopping Postgres and the processes ...`);
    void stack.close().finally(() => process.exit(why === "SIGINT" || why === "SIGTERM" ? 130 : 1));
  };
  // A promise that nobody waits for yet fails when the processes go; it must not end us before Postgres is stopped.
  for (const event of ["SIGINT", "SIGTERM", "unhandledRejection", "uncaughtException"]) process.on(event, stop);
  try {
    const { rows } = await stack.database.pool.query<{ server_version: string }>("show server_version");
    const figures = await work(stack);
    if (isInterrupted) return;
    const { load: loadAfter, ...where } = machine();
    const all = { bench: name, ...figures, ...where, postgres: rows[0]?.server_version, loadBefore: before, loadAfter };
    if (flag("write")) writePage(name, all);
    print(JSON.stringify(all));
  } catch (error) {
    // What is torn down under a running round fails; only the interruption is news.
    if (isInterrupted) return;
    report(stack.lastLogs());
    throw error;
  } finally {
    if (!isInterrupted) await stack.close();
  }
}

function writePage(name: string, { cores, cpu, commit, node, postgres, loadBefore, loadAfter }: Figures): void {
  const given = process.argv.slice(2).filter((each) => each !== "--write");
  const about = `\`${commandOf(`bench:${name}`, given)}\`, ${today()}, commit ${commit}, ${cores} cores (${cpu}), Node ${node}, Postgres ${postgres}, load ${loadBefore} before and ${loadAfter} after.`;
  fillPage(page, [`<!-- bench:${name} -->`, `<!-- end of bench:${name} -->`], `${takeTables()}\n${about}`);
}
