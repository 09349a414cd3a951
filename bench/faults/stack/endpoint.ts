import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** A system of the bank that webhook steps ask, with a record of its own: `/takes` answers a limit, `/refuses` says no. */
export class Endpoint {
  readonly url: string;
  /** How often each call was answered, by its idempotency key. */
  readonly answered = new Map<string, number>();
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  static async open(): Promise<Endpoint> {
    const server = createServer();
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    const endpoint = new Endpoint(server);
    server.on("request", (request, response) => {
      request.resume();
      if (request.url !== "/takes") {
        response.writeHead(422).end("{}");
        return;
      }
      const key = String(request.headers["idempotency-key"]);
      endpoint.answered.set(key, (endpoint.answered.get(key) ?? 0) + 1);
      response.end('{"limit": 500}');
    });
    return endpoint;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((closed) => this.#server.close(closed));
  }
}
