import {
  createCipheriv,
  createDecipheriv,
  createHash,
  hkdfSync,
  randomBytes,
  randomInt,
  timingSafeEqual,
} from "node:crypto";

const keyFor = (secret: string) =>
  Buffer.from(hkdfSync("sha256", Buffer.from(secret, "hex"), "chasqui", "seal-v1", 32));

/** Encrypts a secret for storage (AES-256-GCM). `place` (workspace and row) is authenticated: a value moved to another row does not open. */
export function seal(secret: string, place: string, plain: string): string {
  const iv = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", keyFor(secret), iv);
  cipher.setAAD(Buffer.from(place));
  const body = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
  return `v1.${Buffer.concat([iv, cipher.getAuthTag(), body]).toString("base64url")}`;
}

/** The plain text of `seal`. Throws when key, place or bytes are not the ones it was sealed with. */
export function unseal(secret: string, place: string, sealed: string): string {
  const [version, encoded] = sealed.split(".");
  if (version !== "v1" || !encoded) throw new Error("This secret was not sealed by this version; enter it again.");
  const bytes = Buffer.from(encoded, "base64url");
  const decipher = createDecipheriv("aes-256-gcm", keyFor(secret), bytes.subarray(0, 12));
  decipher.setAAD(Buffer.from(place));
  decipher.setAuthTag(bytes.subarray(12, 28));
  return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString("utf8");
}

/** SHA-256 in hex: how access keys are stored and found. Keys are random, so a fast hash is enough. */
export const fingerprint = (key: string): string => createHash("sha256").update(key).digest("hex");

/** Compares two strings without telling by its duration where they differ. */
export function isSameSecret(left: string, right: string): boolean {
  const a = createHash("sha256").update(left).digest();
  const b = createHash("sha256").update(right).digest();
  return timingSafeEqual(a, b);
}

const base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** A code that nobody guesses, of base62 characters: 10 of them are 59 bits, 22 are 130. Each character is as likely as any other. */
export const randomCode = (length: number, alphabet = base62): string =>
  Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join("");

/** A secret to show once. */
export const drawSecret = (bytes: number): string => randomBytes(bytes).toString("base64url");
