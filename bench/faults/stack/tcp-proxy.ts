import { createConnection, createServer, type Server, type Socket } from "node:net";
import { OneWay } from "./one-way.ts";

const host = "127.0.0.1";

type Cut = { request: RegExp; left: number; afterBytes: number };
type Pair = { client: Socket; server: Socket; up: OneWay; down: OneWay; cut: Cut | null };

/**
 * Stands between two of our processes and spoils what passes: slow, in small pieces, stalled, reset, half closed, or with the
 * answer to one certain request lost. `calm` ends everything that lasts. What is between them never notices it otherwise.
 */
export class TcpProxy {
  /** Where the other end listens; may be moved while it runs. */
  upstreamPort: number;
  /** How often the answer to a request was cut off. */
  cuts = 0;
  readonly #server: Server;
  readonly #pairs = new Set<Pair>();
  #latencyMs = 0;
  #sliceBytes: number | null = null;
  #isStalled = false;
  #isRefusing = false;
  #cuts: Cut[] = [];

  private constructor(server: Server, upstreamPort: number) {
    this.#server = server;
    this.upstreamPort = upstreamPort;
    server.on("connection", (client) => this.#connect(client));
  }

  static async open(upstreamPort: number): Promise<TcpProxy> {
    const server = createServer({ noDelay: true });
    const proxy = new TcpProxy(server, upstreamPort);
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(0, host, resolve);
    });
    return proxy;
  }

  get port(): number {
    const address = this.#server.address();
    return typeof address === "object" && address ? address.port : 0;
  }

  get connections(): number {
    return this.#pairs.size;
  }

  /** Everything takes so much longer, in each direction. */
  slowDown(latencyMs: number): void {
    this.#latencyMs = latencyMs;
  }

  /** Everything travels in pieces of so many bytes, each in a packet of its own. */
  slice(bytes: number | null): void {
    this.#sliceBytes = bytes;
  }

  /** A black hole: connections stay, nothing arrives. After `calm` everything does, as after a cable was put back. */
  stall(): void {
    this.#isStalled = true;
    for (const pair of this.#pairs) this.#hold(pair);
  }

  /** Whoever connects is sent away at once; connections that are there stay. */
  refuse(): void {
    this.#isRefusing = true;
  }

  /** Ends every connection by RST. Answers how many. */
  reset(): number {
    const pairs = [...this.#pairs];
    for (const pair of pairs) end(pair, "reset");
    return pairs.length;
  }

  /** Says goodbye to every client in one direction only: it may still write, and gets no answer any more. */
  halfClose(): void {
    for (const pair of this.#pairs) pair.client.end();
  }

  /**
   * Lets the next `count` requests that match through, and cuts the connection by RST instead of answering them, at once or
   * after so many bytes of the answer. Postgres: /commit\0/ (a plain statement) or the name of a prepared one; HTTP: /POST \/.../.
   */
  cutAnswers(request: RegExp, count: number, afterBytes = 0): void {
    this.#cuts.push({ request, left: count, afterBytes });
  }

  calm(): void {
    this.#latencyMs = 0;
    this.#sliceBytes = null;
    this.#isRefusing = false;
    this.#isStalled = false;
    this.#cuts = [];
    for (const { up, down } of this.#pairs) {
      up.hold(false);
      down.hold(false);
    }
  }

  async close(): Promise<void> {
    this.reset();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #connect(client: Socket): void {
    if (this.#isRefusing) {
      client.resetAndDestroy();
      return;
    }
    const server = createConnection({ port: this.upstreamPort, host, noDelay: true, allowHalfOpen: true });
    const manner = () => ({ latencyMs: this.#latencyMs, sliceBytes: this.#sliceBytes });
    const pair: Pair = { client, server, up: new OneWay(server, manner), down: new OneWay(client, manner), cut: null };
    this.#pairs.add(pair);
    if (this.#isStalled) this.#hold(pair);
    client.on("data", (bytes) => this.#passUp(pair, bytes));
    server.on("data", (bytes) => this.#passDown(pair, bytes));
    client.on("end", () => pair.up.end());
    server.on("end", () => pair.down.end());
    for (const socket of [client, server]) {
      socket.on("error", () => end(pair, "reset"));
      socket.on("close", () => {
        this.#pairs.delete(pair);
        end(pair, "close");
      });
    }
  }

  #hold({ up, down }: Pair): void {
    up.hold(true);
    down.hold(true);
  }

  #passUp(pair: Pair, bytes: Buffer): void {
    const text = this.#cuts.length > 0 ? bytes.toString("latin1") : "";
    const cut = this.#cuts.find((each) => each.left > 0 && each.request.test(text));
    if (cut && !pair.cut) {
      cut.left -= 1;
      pair.cut = { ...cut };
    }
    pair.up.pass(bytes);
  }

  #passDown(pair: Pair, bytes: Buffer): void {
    if (!pair.cut) {
      pair.down.pass(bytes);
      return;
    }
    this.cuts += 1;
    if (pair.cut.afterBytes === 0) {
      end(pair, "reset");
      return;
    }
    pair.client.write(bytes.subarray(0, pair.cut.afterBytes), () => end(pair, "reset"));
    pair.server.removeAllListeners("data");
  }
}

function end({ client, server, up, down }: Pair, how: "reset" | "close"): void {
  up.discard();
  down.discard();
  for (const socket of [client, server]) {
    if (socket.destroyed) continue;
    if (how === "reset") socket.resetAndDestroy();
    else socket.destroySoon();
  }
}
