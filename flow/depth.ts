/** True when lists and objects are nested in each other more than so many deep. Never walks further than that. */
export function isDeeperThan(data: unknown, depth: number): boolean {
  if (data === null || typeof data !== "object") return false;
  return depth === 0 || Object.values(data).some((part) => isDeeperThan(part, depth - 1));
}
