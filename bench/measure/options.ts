/** The number behind `--name` on the command line, or the fallback. Throws where it is no number: a typo must not become a run of hours. */
export function option(name: string, fallback: number): number {
  const at = process.argv.indexOf(`--${name}`);
  if (at < 0) return fallback;
  const value = Number(process.argv[at + 1]);
  if (!Number.isFinite(value)) throw new Error(`--${name} wants a number, not ${process.argv[at + 1]}.`);
  return value;
}

/** The numbers behind `--name`, separated by commas, or the fallback. */
export function options(name: string, fallback: readonly number[]): number[] {
  const at = process.argv.indexOf(`--${name}`);
  if (at < 0) return [...fallback];
  const values = (process.argv[at + 1] ?? "").split(",").map(Number);
  if (!values.every(Number.isFinite)) throw new Error(`--${name} wants numbers separated by commas.`);
  return values;
}

/** True when `--name` is on the command line. */
export const flag = (name: string): boolean => process.argv.includes(`--${name}`);
