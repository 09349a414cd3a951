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

export const track = (userId: string, event: string, properties: Record<string, unknown>) => ({
  type: "track",
  userId,
  event,
  properties,
});
