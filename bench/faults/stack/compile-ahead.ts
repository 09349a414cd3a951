import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { root } from "#scripts/stack/run-once.ts";

/** What the processes under test load; their main files start them and are of no size. */
const programs = ["server/engine/worker.ts", "server/door/start-door.ts", "server/sandbox/server.ts"];

/**
 * Fills a folder for NODE_COMPILE_CACHE with the product's code. A run starts four processes and more, and a third of what a start
 * costs is compiling. They cannot fill it themselves: Node writes it when a process ends in order, and ours are killed.
 */
export async function compileAhead(folder: string): Promise<void> {
  const load = programs.map((program) => `await import(${JSON.stringify(path.join(root, program))});`).join(" ");
  const child = spawn(process.execPath, ["--input-type=module", "-e", `${load} process.exit(0)`], {
    cwd: root,
    env: { ...process.env, NODE_COMPILE_CACHE: folder },
    stdio: "ignore",
  });
  // Without it everything runs as well, only slower.
  await once(child, "exit");
}
