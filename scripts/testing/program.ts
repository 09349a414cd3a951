import { spawn } from "node:child_process";
import path from "node:path";
import { leash, root } from "../stack/run-once.ts";

export type Outcome = { exitCode: number | null; output: string };

export type Program = {
  /** A program file below the root with its arguments, run by the Node that runs us. */
  command: string[];
  env?: Record<string, string | undefined>;
  /** Shown while it runs; else kept and answered at the end. */
  isShown: boolean;
  signal: AbortSignal;
};

/** Runs one of the tools (tsc, biome, vitest, playwright) to its end. */
export function runProgram({ command, env, isShown, signal }: Program): Promise<Outcome> {
  const [file = "", ...given] = command;
  const child = spawn(process.execPath, ["--import", leash, path.join(root, file), ...given], {
    cwd: root,
    env: { ...process.env, ...env, CHASQUI_LEASH: "1" },
    stdio: ["ignore", isShown ? "inherit" : "pipe", isShown ? "inherit" : "pipe", "ipc"],
    signal,
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  return new Promise((resolve) => {
    child.once("error", (error) => resolve({ exitCode: null, output: `${output}${error.message}` }));
    child.once("close", (exitCode) => resolve({ exitCode, output }));
  });
}
