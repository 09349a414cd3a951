/** The programs of the product's engine, and of the bare prototype beside it: from the queue into the outbox, and from there to the provider. */
export const sides = {
  engine: { fill: "bench/engine/drain-signals.ts", empty: "server/engine/main.ts" },
  prototype: { fill: "bench/prototype/fill-outbox.ts", empty: "bench/prototype/empty-outbox.ts" },
};
export type Side = keyof typeof sides;
