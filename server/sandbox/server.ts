import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { answerControl } from "./control/route.ts";
import { answerGraph } from "./graph/route.ts";
import { type HttpAnswer, readBody, writeAnswer } from "./http-answer.ts";
import { Sandbox, type SandboxOptions } from "./sandbox.ts";

const maxBodyBytes = 101 * 1024 * 1024;

export type RunningSandbox = { sandbox: Sandbox; url: string; close: () => Promise<void> };

/**
 * Starts the sandbox on host and port (0: any free one). Graph calls under `/vNN.0`, the control plane under `/__sandbox`.
 * `close` stops within the time of the answers under way; connections that wait for nothing are cut.
 */
export async function startSandbox(options: SandboxOptions & { host: string; port: number }): Promise<RunningSandbox> {
  const sandbox = await Sandbox.open(options);
  const server = createServer({ keepAliveTimeout: 65_000 }, (request, response) => {
    void answer(sandbox, request, response);
  });
  const port = await listen(server, options.host, options.port);
  return {
    sandbox,
    url: `http://${options.host.includes(":") ? `[${options.host}]` : options.host}:${port}`,
    close: async () => {
      const closed = new Promise((done) => server.close(done));
      server.closeAllConnections();
      await closed;
      await sandbox.close();
    },
  };
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((listening, failed) => {
    server.once("error", failed);
    server.listen(port, host, () => listening((server.address() as AddressInfo).port));
  });
}

async function answer(sandbox: Sandbox, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const url = new URL(request.url ?? "/", "http://sandbox");
    const body = request.method === "GET" ? Buffer.alloc(0) : await readBody(request, maxBodyBytes);
    if (body === null)
      return writeAnswer(response, { status: 413, body: { error: { message: "The body is larger than 100 MB." } } });
    const call = {
      method: request.method ?? "GET",
      url,
      headers: request.headers,
      body,
      peer: request.socket.remoteAddress ?? "",
    };
    const isControl = url.pathname === "/__sandbox" || url.pathname.startsWith("/__sandbox/");
    const reply = await (isControl ? answerControl(sandbox, call) : answerGraph(sandbox, call));
    if (!isControl) remember(sandbox, call, reply);
    spoilOrWrite(response, reply);
  } catch (error) {
    if (!response.headersSent)
      writeAnswer(response, {
        status: 500,
        body: { error: { message: error instanceof Error ? error.message : "unknown" } },
      });
  }
}

/** Sends only: what else the API is asked tells a person's phone nothing. */
function remember(sandbox: Sandbox, call: Call, reply: Reply): void {
  if (call.method !== "POST" || !/\/(marketing_)?messages$/.test(call.url.pathname)) return;
  sandbox.traffic.add({
    kind: "call",
    at: sandbox.clock.now(),
    method: call.method,
    path: call.url.pathname,
    body: call.body,
    httpStatus: typeof reply === "string" ? 0 : reply.status,
    answer: typeof reply === "string" ? reply : reply.body,
  });
}

export type Call = { method: string; url: URL; headers: IncomingMessage["headers"]; body: Buffer; peer: string };

/** `drop` cuts the connection, `hang` never answers, `half` cuts it within the body: outcomes nobody can know. */
export type Reply = HttpAnswer | "drop" | "hang" | "half";

function spoilOrWrite(response: ServerResponse, reply: Reply): void {
  if (reply === "hang") return;
  if (reply === "drop") response.socket?.resetAndDestroy();
  else if (reply === "half") {
    response.writeHead(200, { "content-type": "application/json", "content-length": "400" });
    response.write('{"messaging_product":"whatsapp","contacts":[', () => response.socket?.resetAndDestroy());
  } else writeAnswer(response, reply);
}
