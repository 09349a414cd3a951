import { createHash } from "node:crypto";
import type { Sandbox } from "../sandbox.ts";

const hashOf = (sandbox: Sandbox, kind: string): Buffer =>
  createHash("sha256")
    .update(`${sandbox.seed}:${kind}:${sandbox.world.account.made + 1}`)
    .digest();

/** The next flow's or number's id: 16 digits that depend on seed and count only. */
export const nextId = (sandbox: Sandbox, kind: "flow" | "number"): string =>
  `${kind === "flow" ? 6 : 9}${(hashOf(sandbox, kind).readBigUInt64BE() % 10n ** 15n).toString().padStart(15, "0")}`;

const base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** The next QR code: 14 characters of base 32, as Meta's are. */
export const nextQrCode = (sandbox: Sandbox): string =>
  [...hashOf(sandbox, "qr-code").subarray(0, 14)].map((byte) => base32[byte % 32]).join("");

/** The business and the application the account belongs to. */
export const businessId = (sandbox: Sandbox): string => `1${sandbox.identity.accountId}`;
export const applicationOf = (sandbox: Sandbox): { id: string; name: string; link: string } => {
  const id = `4${sandbox.identity.accountId.slice(1)}`;
  return { id, name: "Sandbox App", link: `https://www.facebook.com/games/?app_id=${id}` };
};
