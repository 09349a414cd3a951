import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { z } from "zod";
import { sandboxControl } from "./control-client.ts";
import { sandboxIdentity } from "./identity.ts";
import { startSandbox } from "./server.ts";

/** A call a subscriber has received, whole. */
type Received = {
  rawBody: Buffer;
  headers: IncomingHttpHeaders;
  json: { entry: { id: string; time?: number; changes: Change[] }[] };
};
type Change = {
  field: string;
  value: Record<string, unknown> & { statuses?: StatusNode[]; messages?: Record<string, unknown>[] };
};
type StatusNode = Record<string, unknown> & { id: string; status: string; timestamp: string };

/** The parts of Graph's answers that tests look at. */
const GraphBody = z.looseObject({
  id: z.string().optional(),
  status: z.string().optional(),
  url: z.string().optional(),
  messages: z.array(z.looseObject({ id: z.string() })).optional(),
  data: z.array(z.looseObject({ id: z.string().optional() })).optional(),
  error: z
    .looseObject({
      code: z.number(),
      error_subcode: z.number().optional(),
      error_data: z.looseObject({ details: z.string() }).optional(),
    })
    .optional(),
});
export type GraphBody = z.infer<typeof GraphBody>;

export const identity = sandboxIdentity("7".repeat(64));

/** A sandbox on a free port with a folder of its own, and Graph calls with its token. */
export async function aSandbox(options: { home?: string } = {}) {
  const home = options.home ?? (await mkdtemp(path.join(tmpdir(), "chasqui-sandbox-")));
  const running = await startSandbox({ host: "127.0.0.1", port: 0, home, identity, seed: "test" });
  const graph = async (method: string, pathname: string, body?: object, headers: Record<string, string> = {}) => {
    const response = await fetch(`${running.url}/${pathname}`, {
      method,
      headers: { authorization: `Bearer ${identity.token}`, "content-type": "application/json", ...headers },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    return { status: response.status, headers: response.headers, body: GraphBody.parse(await response.json()) };
  };
  return {
    ...running,
    home,
    control: sandboxControl(running.url),
    graph,
    send: (message: object, version = "v25.0") =>
      graph("POST", `${version}/${identity.phoneNumberId}/messages`, {
        messaging_product: "whatsapp",
        to: "+33612345678",
        ...message,
      }),
    createTemplate: (template: object) => graph("POST", `v25.0/${identity.accountId}/message_templates`, template),
    remove: async () => {
      await running.close();
      await rm(home, { recursive: true, force: true });
    },
  };
}

/** A subscriber that answers the handshake and keeps what it gets; `answerWith` changes its answers. */
export async function aSubscriber() {
  const received: Received[] = [];
  let status = 200;
  const server = createServer((request, response) => {
    if (request.method === "GET") {
      response.end(new URL(request.url ?? "/", "http://hook").searchParams.get("hub.challenge"));
      return;
    }
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const rawBody = Buffer.concat(chunks);
      if (status === 200)
        received.push({ rawBody, headers: request.headers, json: JSON.parse(rawBody.toString("utf8")) });
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const changes = () => received.flatMap((call) => call.json.entry.flatMap((entry) => entry.changes));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    received,
    changes,
    statusesOf: (wamid: string) =>
      changes()
        .flatMap((change) => change.value.statuses ?? [])
        .filter((node) => node.id === wamid),
    answerWith: (next: number) => {
      status = next;
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
