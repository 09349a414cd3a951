/** The loads that are compared. `events` are events of one request. */
export type Kind = { name: string; server: "bare" | "door"; path: string; events: number; connections: number };

/** One event at a time is shown for few and for many senders: what arrives together is committed together. */
export const kinds = [
  { name: "bare HTTP, 64 senders", server: "bare", path: "/", events: 1, connections: 64 },
  { name: "one event, 64 senders", server: "door", path: "/v1/track", events: 1, connections: 64 },
  { name: "bare HTTP, 256 senders", server: "bare", path: "/", events: 1, connections: 256 },
  { name: "one event, 256 senders", server: "door", path: "/v1/track", events: 1, connections: 256 },
  { name: "batch of 100, 16 senders", server: "door", path: "/v1/batch", events: 100, connections: 16 },
] as const satisfies Kind[];

let counter = 0;

/** A body with new message ids, about 20,000 people. */
export function bodyOf({ events }: Kind): string {
  return events === 1 ? eventText() : `{"batch":[${Array.from({ length: events }, eventText).join(",")}]}`;
}

export function eventText(): string {
  const number = String(++counter).padStart(10, "0");
  const person = String(counter % 20_000).padStart(6, "0");
  return `{"type":"track","messageId":"bench-${number}","userId":"user-${person}","event":"Transaction Posted","properties":{"amount":105000,"currency":"XOF","merchant":"Marché Kermel","balance":2340000,"transactionId":"tx-${number}"},"timestamp":"${new Date().toISOString()}"}`;
}
