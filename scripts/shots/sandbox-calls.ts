import { z } from "zod";

const Info = z.object({ phone_number_id: z.string(), waba_id: z.string(), token: z.string(), version: z.string() });
const Sent = z.object({ messages: z.tuple([z.object({ id: z.string() })]) });

const Health = z.object({ now: z.iso.datetime() });

/** The sandbox's API with its own token, and its control plane. Each call throws with what was answered. */
export async function sandboxCalls(url: string) {
  const info = Info.parse(await ask(`${url}/__sandbox/info`));
  const graph = `${url}/${info.version}`;
  const headers = { authorization: `Bearer ${info.token}` };
  const control = (verb: string, body: object) => ask(`${url}/__sandbox/${verb}`, jsonOf(body));
  return {
    control,
    /** Answers the message's id. */
    send: async (to: string, message: object): Promise<string> => {
      const body = { messaging_product: "whatsapp", to, ...message };
      return Sent.parse(await ask(`${graph}/${info.phone_number_id}/messages`, jsonOf(body, headers))).messages[0].id;
    },
    /** Answers the file's id. */
    upload: async (bytes: Buffer, type: string): Promise<string> => {
      const body = new FormData();
      body.set("messaging_product", "whatsapp");
      body.set("type", type);
      body.set("file", new File([new Uint8Array(bytes)], "file", { type }));
      const answer = await ask(`${graph}/${info.phone_number_id}/media`, { method: "POST", headers, body });
      return z.object({ id: z.string() }).parse(answer).id;
    },
    /** A template of this name may be there from an earlier run. */
    makeTemplate: async (template: object): Promise<void> => {
      await ask(`${graph}/${info.waba_id}/message_templates`, jsonOf(template, headers)).catch((error: Error) => {
        if (!/already|exist/i.test(error.message)) throw error;
      });
    },
    /** A published form; false when it is refused, as one whose name is there already. */
    makeFlow: async (name: string, form: object): Promise<boolean> => {
      const body = { name, categories: ["SURVEY"], flow_json: JSON.stringify(form), publish: true };
      const answer = await fetch(`${graph}/${info.waba_id}/flows`, jsonOf(body, headers));
      return answer.ok;
    },
    /** What the sandbox's clock shows, in milliseconds since 1970. */
    now: async (): Promise<number> => Date.parse(Health.parse(await ask(`${url}/__sandbox/health`)).now),
    read: (path: string) => ask(`${url}/__sandbox/${path}`),
    say: (from: string, body: string) => control("inbound", { from, type: "text", text: { body } }),
    /** What a customer sends, of any type; answers the message's id. */
    inbound: async (from: string, type: string, node: object): Promise<string> =>
      z.object({ wamid: z.string() }).parse(await control("inbound", { from, type, [type]: node })).wamid,
  };
}

const jsonOf = (body: object, headers: Record<string, string> = {}) => ({
  method: "POST",
  headers: { "content-type": "application/json", ...headers },
  body: JSON.stringify(body),
});

async function ask(address: string, init: RequestInit = {}): Promise<unknown> {
  const answer = await fetch(address, init);
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${address} answered ${answer.status}: ${text}`);
  return JSON.parse(text);
}
