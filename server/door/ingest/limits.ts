/** Published limits of the event door (docs/events.md). Bytes are counted after decompression. */
export const eventLimits = {
  eventBytes: 32 * 1024,
  batchBytes: 500 * 1024,
  batchItems: 500,
  /** The event itself is level 1. */
  depth: 32,
  keys: 1_000,
  messageIdLength: 200,
  userIdLength: 256,
  nameLength: 200,
} as const;
