import { hkdfSync } from "node:crypto";
import type { Env } from "#server/env.ts";

/** The key of everything about sign-in: better-auth signs cookies and seals second factors with it. */
export const authSecret = (env: Env): string =>
  Buffer.from(hkdfSync("sha256", Buffer.from(env.secret, "hex"), "chasqui", "sign-in-v1", 32)).toString("hex");
