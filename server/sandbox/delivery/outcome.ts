import { GraphError } from "../graph-error.ts";
import type { Message, User } from "../record.ts";
import type { Sandbox } from "../sandbox.ts";
import { seededFraction } from "../wamid.ts";
import { mediaFailure } from "./media-failure.ts";

const dayMs = 86_400_000;

export const reEngagement =
  "Message failed to send because more than 24 hours have passed since the customer last replied to this number.";

/**
 * The code an accepted message will fail with, or null. Suffixes of the recipient's number make outcomes that need no set-up
 * (section 15): 0026 unreachable, 0042 billing, 0047 window shut, 0049 marketing cap, 0050 stopped marketing.
 */
export function decideOutcome(sandbox: Sandbox, message: Message, user: User, identityHash?: string): number | null {
  if (sandbox.world.account.blocked.has(user.waId)) return 130403;
  if (user.behaviour.fault !== null) return user.behaviour.fault;
  const isMarketing = message.template?.category === "MARKETING";
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
  if (isOutOfReach(sandbox, message)) return 131026;
  if (identityHash !== undefined && user.identityHash !== undefined && identityHash !== user.identityHash)
    return 137000;
  if (isMarketing) {
    const code = marketingFailure(sandbox, message, user);
    if (code !== null) return code;
  }
  if (message.template === undefined && !message.isInWindow) {
    if (sandbox.world.limits.window === "sync") throw new GraphError(131047, reEngagement);
    return 131047;
  }
  if (!sandbox.world.limits.hasCard && message.price?.type === "regular") return 131042;
  return reactionFailure(sandbox, message) ?? mediaFailure(sandbox.world, message);
}

/** Of the crowd's templates a share does not arrive. Whoever wrote in the last 24 hours has a phone that is on. */
function isOutOfReach({ world, seed }: Sandbox, { template, isInWindow, wamid }: Message): boolean {
  const { unreachable } = world.crowd;
  if (unreachable === 0 || template === undefined || isInWindow) return false;
  return seededFraction(seed, `reach:${wamid}`) < unreachable;
}

function marketingFailure(sandbox: Sandbox, message: Message, user: User): number | null {
  if (user.hasStoppedMarketing) return 131050;
  const { isUsMarketingPaused, marketingPerUser } = sandbox.world.limits;
  if (isUsMarketingPaused && user.waId.startsWith("1")) return 131049;
  if (marketingPerUser === null) return null;
  const recent = (user.marketingAt ?? []).filter((at) => at > message.at - dayMs).length;
  return recent >= marketingPerUser ? 131049 : null;
}

// A reaction reaches only a message of the same chat that is younger than 30 days and no reaction itself.
function reactionFailure(sandbox: Sandbox, message: Message): number | null {
  const reaction = message.rendered?.reaction;
  if (!reaction) return null;
  const target = sandbox.world.messages.get(reaction.targetWamid);
  const isReachable =
    target !== undefined &&
    target.waId === message.waId &&
    target.type !== "reaction" &&
    message.at - target.at < 30 * dayMs;
  return isReachable ? null : 131009;
}
