import { createHmac, timingSafeEqual } from "node:crypto";

const stepSeconds = 30;
const digits = 6;

/** Codes of the step before and after count too: phones go wrong by some seconds (RFC 6238, 5.2). */
const stepsOfSkew = 1;

export const currentStep = (now: Date): number => Math.floor(now.getTime() / 1000 / stepSeconds);

/** The step whose code this is, by the clock of the world; null when it is no code of now. Pure. */
export function stepOfCode(secret: string, code: string, now: Date): number | null {
  const middle = currentStep(now);
  let found: number | null = null;
  // Every step is compared, so that the time it takes tells nothing.
  for (let step = middle - stepsOfSkew; step <= middle + stepsOfSkew; step += 1) {
    if (isSame(codeOfStep(secret, step), code)) found = step;
  }
  return found;
}

/** HOTP (RFC 4226, 5.3) of a step, with SHA-1 as every authenticator has it. The secret's bytes are its text, as better-auth keeps it. */
export function codeOfStep(secret: string, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac("sha1", Buffer.from(secret)).update(counter).digest();
  const offset = mac.readUInt8(mac.length - 1) & 0x0f;
  const number = (mac.readUInt32BE(offset) & 0x7f_ff_ff_ff) % 10 ** digits;
  return String(number).padStart(digits, "0");
}

function isSame(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** The secret as one types it into an app (RFC 4648, base32 without padding). */
export function typedSecret(secret: string): string {
  let bits = "";
  for (const byte of Buffer.from(secret)) bits += byte.toString(2).padStart(8, "0");
  return (bits.match(/.{1,5}/g) ?? []).map((five) => alphabet[Number.parseInt(five.padEnd(5, "0"), 2)]).join("");
}

/** What the picture says to an authenticator (key URI format). */
export function enrollmentUri(secret: string, email: string): string {
  const label = `Chasqui:${encodeURIComponent(email)}`;
  return `otpauth://totp/${label}?secret=${typedSecret(secret)}&issuer=Chasqui&digits=${digits}&period=${stepSeconds}`;
}
