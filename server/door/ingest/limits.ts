/** Published limits of the event door (docs/limits.md). Bytes are counted after decompression. */
export const eventLimits = {
  /** One event of the Segment calls, alone or in a batch. */
  eventBytes: 32 * 1024,
  /** One event or contact of the REST API. */
  restEventBytes: 256 * 1024,
  batchBytes: 1024 * 1024,
  batchItems: 500,
  /** The event itself is level 1. */
  depth: 32,
  /** Keys of objects and entries of lists, all levels together. */
  keys: 1_000,
  messageIdLength: 200,
  userIdLength: 256,
  nameLength: 200,
  /** A workspace's pace, unless its key has one of its own (access_key.events_per_second). */
  eventsPerSecond: 2_000,
  idempotencyKeyLength: 255,
} as const;
