import { Agent } from "undici";

export type Offer = { messageId: string; dueAt: number; acceptedAt: number };
export type OfferOptions = {
  url: string;
  key: string;
  event: string;
  perSecond: number;
  seconds: number;
  people: number;
};

const tickMs = 5;

/** Goes on where the last offer ended: a person who gets a second message within seconds waits for the pair's own pace. */
let nextPerson = 0;

/**
 * Sends events at a steady rate whatever becomes of the earlier ones (open loop): a server that stalls does not slow its own load
 * down. Times are milliseconds since 1970. Throws when an event is refused.
 */
export async function offerEvents({ url, key, event, perSecond, seconds, people }: OfferOptions): Promise<Offer[]> {
  const agent = new Agent({ connections: 64 });
  const authorization = `Basic ${Buffer.from(`${key}:`).toString("base64")}`;
  const calls: Promise<Offer>[] = [];
  const begun = Date.now();
  const total = Math.floor(perSecond * seconds);
  const first = nextPerson;
  nextPerson += total;
  const send = async (number: number): Promise<Offer> => {
    const [dueAt, messageId] = [begun + (number * 1000) / perSecond, `${event}-${begun}-${number}`];
    const { statusCode, body } = await agent.request({
      origin: url,
      path: "/v1/track",
      method: "POST",
      headers: { authorization, "content-type": "application/json" },
      body: JSON.stringify({
        messageId,
        userId: `user-${(first + number) % people}`,
        event,
        properties: { amount: 105_000, currency: "XOF", merchant: "Marché Kermel" },
      }),
    });
    const acceptedAt = Date.now();
    const answer = await body.text();
    if (statusCode >= 300) throw new Error(`The door refuses: ${statusCode} ${answer}`);
    return { messageId, dueAt, acceptedAt };
  };
  await new Promise<void>((resolve) => {
    const timer = setInterval(() => {
      const due = Math.min(total, Math.floor(((Date.now() - begun) * perSecond) / 1000) + 1);
      while (calls.length < due) calls.push(send(calls.length));
      if (calls.length < total) return;
      clearInterval(timer);
      resolve();
    }, tickMs);
  });
  const offers = await Promise.all(calls);
  await agent.close();
  return offers;
}
