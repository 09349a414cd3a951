/*
 * The order in which rows about a message are locked, by everybody who may have to wait for one:
 *
 *   1. `message`, by id
 *   2. `outbox`, by message id: only of messages locked before, so that nobody else can be at them
 *   3. `pair_pace`, by (channel, contact)
 *   4. `portfolio`, then `spending`, then `cap_counter`, each by its key and each at once: whoever has a cap asks for no budget any
 *      more. A claim that may have to give back what an earlier attempt has paid locks those counters, too, before it consumes anything
 *   5. `contact`, by id, then `channel`
 *
 * So settlements and statuses never wait for each other in a circle. Whoever finds its work in the outbox (claims, take-overs, expiry,
 * releases) begins at 2 and therefore never waits there, nor for a message: what somebody else has is skipped and looked at again a
 * moment later. The same holds for a message that is only found out about when others are locked (the answered one of an inbound
 * text), and for the sweep of pairs. `lock-order.test.ts` stops each of them at each table and looks at what it holds.
 *
 * Sub-statements of one `with` run in no order of their own: of those that nothing reads, Postgres runs the last one first. A later
 * step therefore asks for the count of the earlier one, which has to be over for that.
 */

/** A condition that is always true, and not before all of `step` is done. */
export const after = (step: string): string => `(select count(*) from ${step}) >= 0`;
