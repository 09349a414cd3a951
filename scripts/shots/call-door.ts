import { z } from "zod";

/** Sends a batch of Segment calls to the door of the demo workspace, as a bank's server does. At most 500. */
export async function sendBatch(url: string, batch: readonly object[]): Promise<void> {
  const key = process.env.CHASQUI_DEMO_WRITE_KEY ?? "demo-write-key";
  const answer = await fetch(`${url}/v1/batch`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      authorization: `Basic ${Buffer.from(`${key}:`).toString("base64")}`,
    },
    body: JSON.stringify({ batch }),
  });
  if (!answer.ok) throw new Error(`The door refused a batch: ${answer.status} ${await answer.text()}`);
}

/** Has the REST API make or do something, by the demo workspace's key. Answers the id of what it was done to. */
export async function postByKey(url: string, path: string, body: object): Promise<{ id: string }> {
  const answer = await fetch(`${url}${path}`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      authorization: `Bearer ${process.env.CHASQUI_DEMO_API_KEY ?? "demo-api-key"}`,
    },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
  return z.looseObject({ id: z.string() }).parse(await answer.json());
}

export const track = (userId: string, event: string, properties: Record<string, unknown>) => ({
  type: "track",
  userId,
  event,
  properties,
});
