/** The longer calling codes first, so that none is taken for the beginning of another. */
const countries: [callingCode: string, country: string][] = [
  ["221", "SN"],
  ["225", "CI"],
  ["234", "NG"],
  ["254", "KE"],
  ["880", "BD"],
  ["20", "EG"],
  ["27", "ZA"],
  ["33", "FR"],
  ["34", "ES"],
  ["39", "IT"],
  ["44", "GB"],
  ["49", "DE"],
  ["52", "MX"],
  ["54", "AR"],
  ["55", "BR"],
  ["56", "CL"],
  ["57", "CO"],
  ["62", "ID"],
  ["91", "IN"],
  ["92", "PK"],
  ["1", "US"],
];

/** The country a number belongs to, by its calling code; XX where the sandbox does not know it. */
export const countryOf = (waId: string): string =>
  countries.find(([callingCode]) => waId.startsWith(callingCode))?.[1] ?? "XX";
