import { lookup } from "node:dns";
import { isIP, type LookupFunction } from "node:net";
import ipaddr from "ipaddr.js";
import { Agent, buildConnector, request } from "undici";

/** What an address outside answered, or why it could not be asked. Never throws for what a network or a server does. */
export type OutboundAnswer =
  | { kind: "answer"; status: number; body: string }
  | { kind: "refused"; reason: "address-not-allowed" }
  | { kind: "failed"; reason: "time-out" | "too-large" | "no-connection"; detail: string };

export type OutboundCall = {
  method: "GET" | "POST" | "PUT";
  url: string;
  headers: Record<string, string>;
  body: string | null;
  timeoutMs: number;
};

const mostBytes = 1_048_576;

/** Addresses that look public and are a cloud's inside (Azure's wire server). */
const neverAllowed = new Set(["168.63.129.16"]);

/**
 * True for an address on the public internet. Everything else (loopback, private, link-local, carrier NAT, multicast, the
 * IPv4 hidden in IPv6 forms) is somebody's inside. `allowsLoopback` is for demos on one machine.
 */
export function isAllowedAddress(address: string, allowsLoopback: boolean): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  if (parsed.range() === "loopback") return allowsLoopback;
  return parsed.range() === "unicast" && !neverAllowed.has(parsed.toString());
}

class AddressNotAllowed extends Error {}

/**
 * The one way out of the engine to addresses that people typed in. Each connection is checked where it is made, by the address it
 * goes to, so a name that resolves to something else a second later gains nothing; redirects are not followed.
 */
export class Outbound {
  readonly #agent: Agent;

  constructor(options: { allowsLoopback: boolean }) {
    const { allowsLoopback } = options;
    const connector = buildConnector({ timeout: 5_000, lookup: guardedLookup(allowsLoopback) });
    this.#agent = new Agent({
      connect: (target, done) => {
        const host = target.hostname.replace(/^\[|\]$/g, "");
        // An address instead of a name never comes to the look-up.
        if (isIP(host) && !isAllowedAddress(host, allowsLoopback)) done(new AddressNotAllowed(host), null);
        else connector(target, done);
      },
      connections: 16,
      maxResponseSize: mostBytes,
    });
  }

  async call({ method, url, headers, body, timeoutMs }: OutboundCall): Promise<OutboundAnswer> {
    const signal = AbortSignal.timeout(timeoutMs);
    try {
      const response = await request(url, { dispatcher: this.#agent, method, headers, body, signal });
      return { kind: "answer", status: response.statusCode, body: await readText(response.body) };
    } catch (error) {
      return failureOf(error, signal.aborted);
    }
  }

  close(): Promise<void> {
    return this.#agent.destroy();
  }
}

function guardedLookup(allowsLoopback: boolean): LookupFunction {
  return (hostname, options, done) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return done(error, "", 0);
      const allowed = addresses.filter(({ address }) => isAllowedAddress(address, allowsLoopback));
      const [first] = allowed;
      if (!first) return done(new AddressNotAllowed(hostname), "", 0);
      return options.all ? done(null, allowed) : done(null, first.address, first.family);
    });
  };
}

class TooLarge extends Error {}

async function readText(body: AsyncIterable<Buffer>): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of body) {
    bytes += part.length;
    if (bytes > mostBytes) throw new TooLarge();
    parts.push(part);
  }
  return Buffer.concat(parts).toString("utf8");
}

function failureOf(error: unknown, isTimeOut: boolean): OutboundAnswer {
  if (error instanceof AddressNotAllowed) return { kind: "refused", reason: "address-not-allowed" };
  const detail = error instanceof Error ? error.message.slice(0, 300) : String(error);
  if (isTimeOut) return { kind: "failed", reason: "time-out", detail };
  const code = typeof error === "object" && error !== null && "code" in error ? String(error.code) : "";
  if (error instanceof TooLarge || code === "UND_ERR_RES_EXCEEDED_MAX_SIZE")
    return { kind: "failed", reason: "too-large", detail };
  return { kind: "failed", reason: "no-connection", detail };
}
