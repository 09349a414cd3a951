import { hkdfSync } from "node:crypto";

/** Everything a channel needs to reach the sandbox's demo number, and the sandbox to recognise it. */
export type SandboxIdentity = {
  phoneNumberId: string;
  /** The WhatsApp Business Account. */
  accountId: string;
  token: string;
  appSecret: string;
  verifyToken: string;
  /** E.164 with +. */
  displayPhone: string;
};

/** The Graph version the product speaks and the sandbox announces. */
export const graphVersion = "v25.0";

/**
 * The demo number's identity, derived from the installation's secret (HKDF-SHA-256), so that the seed and the sandbox agree
 * without talking to each other. `number` tells several numbers of one installation apart; 0 is the demo number.
 */
export function sandboxIdentity(secret: string, number = 0): SandboxIdentity {
  const bytes = (name: string, length: number) =>
    Buffer.from(hkdfSync("sha256", Buffer.from(secret, "hex"), "chasqui", `sandbox-${name}-${number}`, length));
  const digits = (name: string, count: number) =>
    (bytes(name, 16).readBigUInt64BE() % 10n ** BigInt(count)).toString().padStart(count, "0");
  return {
    phoneNumberId: `10${digits("phone-number", 13)}`,
    // One account holds all numbers.
    accountId: `20${(Buffer.from(hkdfSync("sha256", Buffer.from(secret, "hex"), "chasqui", "sandbox-account", 8)).readBigUInt64BE() % 10n ** 13n).toString().padStart(13, "0")}`,
    token: `EAASBX${bytes("token", 48).toString("hex")}`,
    appSecret: bytes("app-secret", 16).toString("hex"),
    verifyToken: bytes("verify-token", 16).toString("hex"),
    displayPhone: `+1555${digits("display-phone", 7)}`,
  };
}
