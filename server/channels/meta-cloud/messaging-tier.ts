/**
 * People per moving day that a limit of Meta's allows: TIER_250, TIER_2K, 2000, -1 or TIER_UNLIMITED (null); undefined when it says
 * nothing (TIER_NOT_SET, or a word to come).
 */
export function peoplePerDayOf(limit: string | number | undefined): number | null | undefined {
  const word = String(limit ?? "");
  if (word === "TIER_UNLIMITED" || word === "-1") return null;
  const match = /^(?:TIER_)?(\d{1,9})(K?)$/.exec(word);
  const people = match ? Number(match[1]) * (match[2] === "K" ? 1000 : 1) : 0;
  return people > 0 ? people : undefined;
}
