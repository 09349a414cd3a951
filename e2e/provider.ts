import { z } from "zod";
import { type SandboxRow, sandboxControl } from "#server/sandbox/control-client.ts";

const sandboxUrl = `http://127.0.0.1:${process.env.SANDBOX_PORT ?? "3100"}`;

/** WhatsApp, as the sandbox plays it: what it took, and what it can be made to do. */
export const provider = sandboxControl(sandboxUrl);

/** What it took from the business for these phones, and when, by its own ledger; oldest first. */
export async function takenFor(people: { phone: string }[]): Promise<SandboxRow[]> {
  const phones = new Set(people.map(({ phone }) => phone.slice(1)));
  return (await rows()).filter(({ direction, to }) => direction === "outbound" && phones.has(to));
}

const Info = z.object({ waba_id: z.string(), token: z.string(), version: z.string() });
const Templates = z.object({ data: z.array(z.object({ id: z.string(), name: z.string() })) });

/** What WhatsApp decides about a template of this name, in all its languages. */
export async function decideTemplate(name: string, event: "PAUSED" | "APPROVED"): Promise<void> {
  const info = Info.parse(await provider.call("GET", "info"));
  const answer = await fetch(`${sandboxUrl}/${info.version}/${info.waba_id}/message_templates?name=${name}`, {
    headers: { authorization: `Bearer ${info.token}` },
  });
  const found = Templates.parse(await answer.json()).data.filter((template) => template.name === name);
  if (found.length === 0) throw new Error(`WhatsApp knows no template ${name}.`);
  for (const { id } of found) await provider.call("POST", `templates/${id}/decide`, { event });
}

const rows = (): Promise<SandboxRow[]> => provider.messages({ last: "10000" });
