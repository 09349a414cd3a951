import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Load, LoadOptions } from "./keep-busy.ts";

/** A load with the CPU that its client took. */
export type OrdinaryLoad = Load & { cpuUs: number };

const program = fileURLToPath(new URL("autocannon-process.ts", import.meta.url));
const run = promisify(execFile);

/** The same load as keepBusy's, sent by an ordinary load tool that somebody else wrote. */
export async function sendWithAutocannon(options: Omit<LoadOptions, "body">): Promise<OrdinaryLoad> {
  const { stdout } = await run(process.execPath, [program, JSON.stringify(options)]);
  return JSON.parse(stdout) as OrdinaryLoad;
}
