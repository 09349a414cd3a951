import { Refusal } from "./refusal.ts";
import { readSettings } from "./settings.ts";
import { startStack } from "./start-stack.ts";

const say = (sentence: string) => process.stdout.write(`${sentence}\n`);

/** Starts everything, says so, and stops everything when it is asked to: the body of `npm start`. Answers the exit code. */
async function main(): Promise<number> {
  const asked = new AbortController();
  const stopAsked = new Promise<void>((resolve) => asked.signal.addEventListener("abort", () => resolve()));
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => asked.abort());
  try {
    const stack = await startStack(readSettings(process.env, process.argv.slice(2)), { say, signal: asked.signal });
    say(`Chasqui is ready at ${stack.url}`);
    await stopAsked;
    say("Stopping...");
    await stack.stop();
    return 0;
  } catch (error) {
    if (asked.signal.aborted) return 0;
    process.stderr.write(`${sentenceOf(error)}\n`);
    return 1;
  }
}

/** A refusal is a sentence for the operator; anything else is a fault of ours and needs its stack. */
function sentenceOf(error: unknown): string {
  if (error instanceof Refusal) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

process.exit(await main());
