import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { z } from "zod";
import type { Home } from "./home.ts";
import { Refusal } from "./refusal.ts";

const Secrets = z.object({
  CHASQUI_SECRET: z.string().regex(/^[0-9a-f]{64}$/),
  POSTGRES_PASSWORD: z.string().min(16),
});

export type Secrets = z.infer<typeof Secrets>;

/** The secrets of this installation, made at the first start. Only the owner of CHASQUI_HOME can read the file; it belongs into every backup. */
export function readSecrets(home: Home): Secrets {
  if (existsSync(home.secrets)) {
    const known = parseSecrets(readFileSync(home.secrets, "utf8"));
    if (known) return known;
    throw new Refusal(
      `${home.secrets} is damaged; restore it from a backup (without it, sealed tokens and the database do not open).`,
    );
  }
  const made = {
    CHASQUI_SECRET: randomBytes(32).toString("hex"),
    POSTGRES_PASSWORD: randomBytes(18).toString("base64url"),
  };
  writeFileSync(home.secrets, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600, flag: "wx" });
  return made;
}

function parseSecrets(text: string): Secrets | null {
  try {
    return Secrets.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
