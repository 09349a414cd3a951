import { newId } from "#server/id.ts";

/** The loads that are compared. `events` are events of one request. */
export type Kind = {
  name: string;
  server: "bare" | "door";
  client: "sockets" | "autocannon";
  path: string;
  events: number;
  connections: number;
};

/** Few and many senders: what arrives together is committed together. */
const senders = [64, 256] as const;
const clients = ["sockets", "autocannon"] as const;

/** One event at a time, beside a server that stores nothing under the same load from the same client. */
export const pairs: readonly { bare: Kind; door: Kind }[] = clients.flatMap((client) =>
  senders.map((connections) => {
    const load = { client, events: 1, connections };
    const name = `${connections} senders, ${client}`;
    return {
      bare: { ...load, name: `bare HTTP, ${name}`, server: "bare", path: "/" },
      door: { ...load, name: `one event, ${name}`, server: "door", path: "/v1/track" },
    };
  }),
);

export const batches: Kind = {
  name: "batch of 100, 16 senders, sockets",
  server: "door",
  client: "sockets",
  path: "/v1/batch",
  events: 100,
  connections: 16,
};

export const kinds: readonly Kind[] = [...pairs.flatMap(({ bare, door }) => [bare, door]), batches];

/** Clients in other processes count as well: a message id that came before would not be stored. */
const sender = newId().slice(-12);
let counter = 0;

/** A body with new message ids, about 20,000 people. */
export function bodyOf({ events }: Pick<Kind, "events">): string {
  return events === 1 ? eventText() : `{"batch":[${Array.from({ length: events }, eventText).join(",")}]}`;
}

export function eventText(): string {
  const number = String(++counter).padStart(10, "0");
  const person = String(counter % 20_000).padStart(6, "0");
  return `{"type":"track","messageId":"bench-${sender}-${number}","userId":"user-${person}","event":"Transaction Posted","properties":{"amount":105000,"currency":"XOF","merchant":"Marché Kermel","balance":2340000,"transactionId":"tx-${number}"},"timestamp":"${new Date().toISOString()}"}`;
}
