import type { RefusalClass } from "../channel.ts";

/** Meta's error codes by what to do about them (error code reference; retry classes of our contract, section 14). */
const classes: Record<Exclude<RefusalClass, "bug">, readonly number[]> = {
  transient: [1, 2, 131000, 131016, 131057, 133000, 133004, 133015, 134101],
  throttle: [4, 80007, 80008, 130429, 131048, 133016],
  pair: [131056],
  cap: [130472, 131049],
  consent: [131050],
  window: [131047],
  // A country that is closed to this business (130497) is about its people alone: the others are written to.
  recipient: [130403, 130497, 131026, 131030, 137000],
  // Of the marketing endpoint only (134100, 134102): what is not marketing still leaves.
  template: [131063, 134100, 134102],
  // Paused and disabled: the refusal may be faster than the webhook that says so.
  stopped: [132015, 132016],
  account: [0, 3, 10, 33, 190, 368, 131005, 131031, 131037, 131042, 131045, 131055, 131064, 133006, 133010, 134011],
};

/** Codes that Meta itself calls worth fewer tries than their class. */
const fewerAttempts: Record<number, number> = { 1: 2, 131000: 4 };

/** How often a message with this code may be tried in all; undefined: as often as its class allows. */
export const mostAttemptsOf = (code: number): number | undefined => fewerAttempts[code];

/** Not on WhatsApp, or with a client so old that nothing arrives. */
export const isUnreachable = (code: number): boolean => code === 131026;

const classByCode = new Map(
  Object.entries(classes).flatMap(([name, codes]) => codes.map((code) => [code, name as RefusalClass] as const)),
);

/**
 * True when an answer with Meta's error body still leaves open whether the message was taken. Of a failing server (5xx) only
 * the codes whose meaning is documented as "not sent" prove anything; code 1 ("possible server error") and codes nobody knows
 * do not, and neither does `is_transient`: what is sent again on their word could arrive twice.
 */
export const leavesDoubt = (code: number, httpStatus: number): boolean =>
  httpStatus >= 500 && (code === 1 || !isListed(code));

/** The class of a Meta code; codes nobody listed go by HTTP status: 429 means slower, 401 and 403 the account. */
export function classOf(code: number, httpStatus = 400): RefusalClass {
  const listed = classByCode.get(code);
  if (listed) return listed;
  if (isTemplateCode(code)) return "template";
  if (code >= 200 && code < 300) return "account";
  if (httpStatus === 429) return "throttle";
  if (httpStatus === 401 || httpStatus === 403) return "account";
  return "bug";
}

/**
 * The class of a refusal without a body of Meta's: somebody on the way said it (a proxy, a firewall, a wrong route), and it says
 * nothing about our account. Only what is about the request itself stays wrong however often it is tried.
 */
export function classOfStranger(httpStatus: number): RefusalClass {
  if (httpStatus === 429) return "throttle";
  return [400, 413, 414, 431].includes(httpStatus) ? "bug" : "transient";
}

const isTemplateCode = (code: number): boolean => code >= 132_000 && code < 133_000;

const isListed = (code: number): boolean => classByCode.has(code) || isTemplateCode(code);
