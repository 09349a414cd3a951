import { DatabaseSync } from "node:sqlite";
import { setTimeout as delay } from "node:timers/promises";
import { type Home, readRunNote } from "./home.ts";
import { Refusal } from "./refusal.ts";

const patienceMs = 20_000;

/**
 * Takes CHASQUI_HOME for this process alone. The lock is the operating system's own on an open file (through SQLite, the only way Node
 * has to one), so it ends with the process however that ends: there is no stale lock to clean up.
 * Waits for a start that is stopping; throws a Refusal when one is running. Answers how to let go.
 */
export async function lockHome(home: Home): Promise<() => void> {
  const since = Date.now();
  for (;;) {
    const release = tryLock(home.lock);
    if (release) return release;
    const note = readRunNote(home);
    const waitedMs = Date.now() - since;
    // A holder whose starter was just killed needs a moment to notice and to say that it stops.
    if (waitedMs > patienceMs || (note?.state !== "stopping" && waitedMs > 2_500)) {
      const holder = note ? ` (process ${note.pid})` : "";
      throw new Refusal(
        `Chasqui is already running on ${home.folder}${holder}; stop it first, or set CHASQUI_HOME to another folder.`,
      );
    }
    await delay(100);
  }
}

/** The lock on a file, or null when another process has it. */
export function tryLock(file: string): (() => void) | null {
  const database = new DatabaseSync(file);
  try {
    database.exec("begin exclusive");
    return () => database.close();
  } catch (error) {
    database.close();
    if (error instanceof Error && /locked|busy/i.test(error.message)) return null;
    throw error;
  }
}
