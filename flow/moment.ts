/**
 * A full ISO 8601 date-time: date, time and zone ("2026-11-22T10:00:00+01:00"), of a day that exists. The same text is used
 * by Postgres (rule-sql.ts), so it keeps to what JavaScript and Postgres' regular expressions both understand.
 */
export const momentPattern = [
  "^(?:",
  "[1-9][0-9]{3}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8]))",
  "|(?:[1-9][0-9](?:0[48]|[2468][048]|[13579][26])|(?:[2468][048]|[13579][26])00)-02-29",
  ")T(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:\\.[0-9]{1,9})?)?(?:Z|[+-](?:0[0-9]|1[0-4]):[0-5][0-9])$",
].join("");

const isMoment = new RegExp(momentPattern);
const parts = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?(?:Z|([+-])(\d\d):(\d\d))$/;

/** Milliseconds since 1970 of a full ISO date-time (digits after the millisecond are cut off), or undefined for any other text. */
export function parseMoment(text: string): number | undefined {
  if (text.length > 40 || !isMoment.test(text)) return undefined;
  const [, year, month, day, hour, minute, second, fraction, sign, zoneHour, zoneMinute] = parts.exec(text) ?? [];
  const milliseconds = Number((fraction ?? "").slice(0, 3).padEnd(3, "0"));
  const local = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second ?? 0),
    milliseconds,
  );
  const offsetMinutes = Number(zoneHour ?? 0) * 60 + Number(zoneMinute ?? 0);
  return local - (sign === "-" ? -1 : 1) * offsetMinutes * 60_000;
}
