type Rate = { marketing: number; utility: number };

/** US dollars per delivered message by calling code, from 1 October 2026; authentication and service cost what utility does. */
const rates: [callingCode: string, country: string, rate: Rate][] = [
  ["880", "BD", { marketing: 0.0732, utility: 0.0037 }],
  ["91", "IN", { marketing: 0.0118, utility: 0.0014 }],
  ["92", "PK", { marketing: 0.0473, utility: 0.01 }],
  ["55", "BR", { marketing: 0.0625, utility: 0.0068 }],
  ["57", "CO", { marketing: 0.0125, utility: 0.0008 }],
  ["54", "AR", { marketing: 0.0618, utility: 0.026 }],
  ["56", "CL", { marketing: 0.0889, utility: 0.02 }],
  ["20", "EG", { marketing: 0.0644, utility: 0.0036 }],
  ["1", "US", { marketing: 0.025, utility: 0.0034 }],
];

/** Countries whose market is "other" here; only their name is known. */
const others: [callingCode: string, country: string][] = [
  ["33", "FR"],
  ["34", "ES"],
  ["39", "IT"],
  ["44", "GB"],
  ["49", "DE"],
  ["52", "MX"],
  ["62", "ID"],
  ["221", "SN"],
  ["225", "CI"],
  ["234", "NG"],
  ["254", "KE"],
  ["27", "ZA"],
];
const otherRate: Rate = { marketing: 0.0604, utility: 0.0077 };

/** The country a number belongs to, by its calling code. */
export const countryOf = (waId: string): string =>
  [...rates, ...others].find(([callingCode]) => waId.startsWith(callingCode))?.[1] ?? "XX";

/** What one delivered message of a category costs in that country. */
export function priceOf(waId: string, category: string): number {
  const rate = rates.find(([callingCode]) => waId.startsWith(callingCode))?.[2] ?? otherRate;
  return category === "MARKETING" ? rate.marketing : rate.utility;
}
