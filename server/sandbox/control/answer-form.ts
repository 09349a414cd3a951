import { z } from "zod";
import type { Sandbox } from "../sandbox.ts";
import { controlError } from "./control-error.ts";
import { receive } from "./inbound.ts";
import { flowOf } from "./show-form.ts";

const Input = z.strictObject({ wamid: z.string(), answers: z.record(z.string(), z.json()) });

/**
 * A person sends what a message has asked for by a form: an `nfm_reply` with the flow's token among the answers (section 9), or
 * the address of an address message.
 */
export async function answerForm(sandbox: Sandbox, input: unknown): Promise<object> {
  const { wamid, answers } = Input.parse(input);
  const message = sandbox.world.messages.get(wamid);
  if (message?.direction !== "outbound") throw controlError(404, "There is no such outbound message.");
  const flow = flowOf(sandbox, wamid);
  const asksAddress = message.rendered?.buttons.some((button) => button.kind === "address") ?? false;
  if (!flow && !asksAddress) throw controlError(409, "The message opens no form.");
  const reply = flow
    ? { name: "flow", body: "Sent", response_json: JSON.stringify({ flow_token: flow.token, ...answers }) }
    : {
        name: "address_message",
        body: Object.values(answers).join(", "),
        response_json: JSON.stringify({ values: answers }),
      };
  return receive(sandbox, message.waId, {
    type: "interactive",
    interactive: { type: "nfm_reply", nfm_reply: reply },
    context: { from: sandbox.identity.displayPhone.slice(1), id: wamid },
  });
}
