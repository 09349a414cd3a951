import { waitFor } from "../stack/wait-for.ts";

type Wait = { whatFails: string; limitMs?: number };

/** Resolves when a throw-away demo has come so far; throws, with what does not happen, when `limitMs` have passed. */
export async function untilDemo(isSo: () => Promise<boolean>, { whatFails, limitMs = 20_000 }: Wait): Promise<void> {
  if (!(await waitFor(isSo, { limitMs }))) throw new Error(`${whatFails}: is a worker running?`);
}
