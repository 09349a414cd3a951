/**
 * Digits behind the point of a currency's minor unit, as ISO 4217 lists them (list one, "minor units"); 2 where it is not
 * named here. Intl must not be asked: it tells how a currency is usually shown (none for COP, IDR, HUF), and an amount of
 * 450000000 minor units would be told to a customer a hundred times too large.
 */
const exceptions: Record<string, number> = {
  BIF: 0,
  CLP: 0,
  DJF: 0,
  GNF: 0,
  ISK: 0,
  JPY: 0,
  KMF: 0,
  KRW: 0,
  PYG: 0,
  RWF: 0,
  UGX: 0,
  UYI: 0,
  VND: 0,
  VUV: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
  BHD: 3,
  IQD: 3,
  JOD: 3,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  TND: 3,
  CLF: 4,
  UYW: 4,
};

/** 2 for EUR and COP, 0 for XOF, 3 for KWD. `currency` in capitals. */
export const minorUnitDigits = (currency: string): number =>
  Object.hasOwn(exceptions, currency) ? (exceptions[currency] ?? 2) : 2;

/** Millionths of the currency in one of its minor units: 10,000 for EUR. */
export const microsPerMinor = (currency: string): number => 10 ** (6 - minorUnitDigits(currency));

/** The currencies with other than 2 digits. */
export const unusualCurrencies: readonly string[] = Object.keys(exceptions);
