let last = { milliseconds: Number.NaN, text: "" };

/** A moment as Postgres reads it. A batch writes the same one thousands of times, and formatting it cost a tenth of the batch. */
export function iso(milliseconds: number | null | undefined): string | null {
  if (typeof milliseconds !== "number") return null;
  if (milliseconds !== last.milliseconds) last = { milliseconds, text: new Date(milliseconds).toISOString() };
  return last.text;
}
