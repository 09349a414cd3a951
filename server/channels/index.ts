import type { Channel } from "./channel.ts";
import { metaCloud } from "./meta-cloud/meta-cloud.ts";

const channels: readonly Channel[] = [metaCloud];

/** The adapter of a provider. Throws for a provider this version does not know: a stored channel always names one it knows. */
export function channelFor(provider: string): Channel {
  const channel = channels.find((candidate) => candidate.provider === provider);
  if (!channel)
    throw new Error(
      `There is no channel adapter for ${provider}; known are ${channels.map((each) => each.provider).join(", ")}.`,
    );
  return channel;
}
