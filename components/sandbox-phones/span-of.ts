/** "23 h 12 min", "2 d 4 h", "40 s": the two largest units of a span in seconds; the same letters in every language we ship. */
export function spanOf(seconds: number): string {
  const units = [
    ["d", Math.floor(seconds / 86_400)],
    ["h", Math.floor(seconds / 3_600) % 24],
    ["min", Math.floor(seconds / 60) % 60],
  ] as const;
  const words = units.filter(([, amount]) => amount > 0).slice(0, 2);
  return words.length > 0 ? words.map(([unit, amount]) => `${amount} ${unit}`).join(" ") : `${seconds} s`;
}
