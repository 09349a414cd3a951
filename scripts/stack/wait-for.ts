import { setTimeout as delay } from "node:timers/promises";

export type Patience = { limitMs: number; signal?: AbortSignal };

/** Asks again and again until the answer is true; false when `limitMs` have passed. Throws when the signal aborts. */
export async function waitFor(isSo: () => Promise<boolean>, { limitMs, signal }: Patience): Promise<boolean> {
  const deadline = Date.now() + limitMs;
  for (;;) {
    signal?.throwIfAborted();
    if (await isSo()) return true;
    if (Date.now() > deadline) return false;
    await delay(60);
  }
}

/** True when the address answers with 2xx within two seconds. */
export async function isAnsweringOk(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}
