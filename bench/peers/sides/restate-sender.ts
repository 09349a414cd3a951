import { text } from "node:stream/consumers";
import { Agent, request } from "undici";

/** Gives one-way invocations to Restate's ingress, 64 at a time. */
const ingress = process.argv[2] ?? "";
const works = JSON.parse(await text(process.stdin)) as { event: { id: string }; person: { id: string } }[];
const agent = new Agent({ connections: 64 });
const headers = { "content-type": "application/json" };

async function sendFrom(index: number): Promise<void> {
  for (let at = index; at < works.length; at += 64) {
    const work = works[at];
    if (!work) return;
    const address = `${ingress}/contact/${work.person.id}/run/send`;
    const answer = await request(address, {
      method: "POST",
      dispatcher: agent,
      headers: { ...headers, "idempotency-key": work.event.id },
      body: JSON.stringify(work),
    });
    if (answer.statusCode >= 300) throw new Error(`Restate refuses: ${answer.statusCode} ${await answer.body.text()}`);
    await answer.body.dump();
  }
}

await Promise.all(Array.from({ length: 64 }, (_, index) => sendFrom(index)));
await agent.close();
