import { GraphError } from "../graph-error.ts";
import type { Message, User } from "../record.ts";
import type { Sandbox } from "../sandbox.ts";

/**
 * The code an accepted message will fail with, or null. Suffixes of the recipient's number make outcomes that need no set-up
 * (section 15): 0026 unreachable, 0042 billing, 0047 window shut, 0049 marketing cap, 0050 stopped marketing.
 */
export function decideOutcome(sandbox: Sandbox, message: Message, user: User): number | null {
  const isTemplate = message.template !== undefined;
  const isMarketing = message.template?.category === "MARKETING";
  if (sandbox.world.account.blocked.has(user.waId)) return 130403;
  if (user.behaviour.fault !== null) return user.behaviour.fault;
  switch (user.waId.slice(-4)) {
    case "0026":
      return 131026;
    case "0042":
      return 131042;
    case "0050":
      return 131050;
    case "0049":
      if (isMarketing) return 131049;
  }
  if (isMarketing && user.hasStoppedMarketing) return 131050;
  if (isTemplate || message.isInWindow) return null;
  if (sandbox.world.limits.window === "sync")
    throw new GraphError(
      131047,
      "Message failed to send because more than 24 hours have passed since the customer last replied to this number.",
    );
  return 131047;
}
