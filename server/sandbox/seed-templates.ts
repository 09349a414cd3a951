import { createHash } from "node:crypto";
import type { Sandbox } from "./sandbox.ts";

/** Every Meta test account is born with this template; independent clients use it for a first send. */
export async function seedTemplates(sandbox: Sandbox): Promise<void> {
  await sandbox.commit({
    k: "template",
    template: {
      id: objectId(sandbox, "template"),
      name: "hello_world",
      language: "en_US",
      category: "UTILITY",
      status: "APPROVED",
      parameterFormat: "POSITIONAL",
      components: [
        { type: "HEADER", format: "TEXT", text: "Hello World" },
        {
          type: "BODY",
          text: "Welcome and congratulations!! This message shows that your number can send a message notification.",
        },
        { type: "FOOTER", text: "WhatsApp Business Platform sample message" },
      ],
      qualityScore: "UNKNOWN",
      rejectedReason: "NONE",
      ttlSeconds: null,
      changedAt: sandbox.clock.now(),
      approvedEditsAt: [],
    },
  });
}

/** The next object's id: 16 digits that depend on seed and count only. */
export function objectId(sandbox: Sandbox, kind: "template" | "media"): string {
  const hash = createHash("sha1")
    .update(`${sandbox.seed}:${kind}:${sandbox.world.objectCount + 1}`)
    .digest();
  return `${kind === "template" ? "1" : "3"}${(hash.readBigUInt64BE() % 10n ** 15n).toString().padStart(15, "0")}`;
}
