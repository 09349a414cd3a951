/**
 * First key of the advisory locks "this worker alone advances people of shard n" (second key). Whoever changes enrollments
 * takes it, in the same transaction as the change.
 */
export const shardLockClass = 4_207_710;
