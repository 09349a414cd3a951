import { Agent, request } from "undici";
import { sampleSecret } from "#server/engine/sample-world.ts";
import { sandboxIdentity } from "#server/sandbox/identity.ts";
import { type BenchPerson, callOf } from "./one-run.ts";

const identity = sandboxIdentity(sampleSecret);
const url = `http://127.0.0.1:${process.env.SANDBOX_PORT}/v25.0/${identity.phoneNumberId}/messages`;
const headers = { authorization: `Bearer ${identity.token}`, "content-type": "application/json" };
const agent = new Agent({ connections: 64 });

/** The provider's call, kept alive: answers the provider's id of the message. Throws when it is refused. */
export async function postMessage(
  person: Pick<BenchPerson, "phone" | "first_name">,
  messageId: string,
): Promise<string> {
  const answer = await request(url, { method: "POST", dispatcher: agent, headers, body: callOf(person, messageId) });
  const body = (await answer.body.json()) as { messages?: [{ id: string }] };
  if (!body.messages) throw new Error(`The sandbox refuses: ${answer.statusCode} ${JSON.stringify(body)}`);
  return body.messages[0].id;
}
