import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, vi } from "vitest";
import type { aSandbox } from "../sandbox.fixture.ts";

export type RunningSandbox = Awaited<ReturnType<typeof aSandbox>>;

/** The person everybody writes to, as a sender names them and as WhatsApp does. */
export const to = "+33612345678";
export const person = "33612345678";

export const patience = { timeout: 40_000, interval: 10 };

/** The smallest files of their kinds that are sent. */
export const png = Buffer.from("iVBORw0KGgo=", "base64");

/** Statuses one after another, without the rests between them. */
export const haste = { sent_ms: 1, delivered_ms: 2, read_ms: 3, played_ms: 4 };

/** Waits until everything that was sent and said has had all its consequences. */
export const quiet = ({ sandbox: { statuses, webhooks } }: RunningSandbox) =>
  vi.waitFor(() => expect([statuses.isIdle, webhooks.isIdle]).toEqual([true, true]), patience);

/** What a webhook server answers to one call. */
type Answer = { status: number; body?: string };

/** A webhook address that answers with what a client's own code says. */
export async function aWebhookServer(answer: (request: IncomingMessage) => Promise<Answer>) {
  const server = createServer((request, response) => {
    answer(request).then(
      ({ status, body = "" }) => response.writeHead(status).end(body),
      () => response.writeHead(500).end(),
    );
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

export async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

/** The ledger's line of a message, with what a phone shows of it. Throws when it is not there. */
export function kept(sandbox: RunningSandbox, wamid: string | undefined) {
  const message = sandbox.sandbox.world.messages.get(wamid ?? "");
  if (!message) throw new Error(`The ledger has no message ${wamid}.`);
  return message;
}

/** What the ledger keeps of a message that is a file: its text is the caption. */
export function shows(kind: string, header: object, text: string | null = null): object {
  return { type: kind, body: text, rendered: { header: { kind, ...header } } };
}
