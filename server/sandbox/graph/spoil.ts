import { gzipSync } from "node:zlib";
import type { Fault } from "../faults.ts";
import { GraphError } from "../graph-error.ts";
import { ok } from "../http-answer.ts";
import type { Reply } from "../server.ts";

/** A small answer that unpacks to 100 MB. */
const bomb = (): Buffer => gzipSync(Buffer.alloc(100 * 1024 * 1024));

/** What the client sees of an answer after a fault: nothing, a gateway's page, or a body that is not Meta's. */
export function spoil(fault: Fault, body: object): Reply {
  switch (fault.mode) {
    case "drop":
    case "accept-then-drop":
      return "drop";
    case "timeout":
    case "accept-then-timeout":
      return "hang";
    case "http-500":
    case "accept-then-500":
      return { status: 500, body: "<html><body><h1>500 Internal Server Error</h1></body></html>" };
    case "accept-then-error":
      return { status: 500, body: new GraphError(fault.code, null).body("none") };
    case "accept-then-html":
      return { status: 200, body: "<html><body>Please sign in to this network.</body></html>" };
    case "accept-without-id":
      return ok({ messaging_product: "whatsapp", contacts: [], messages: [] });
    case "accept-then-half-json":
      return { status: 200, body: Buffer.from(JSON.stringify(body).slice(0, -20)) };
    case "accept-then-half-body":
      return "half";
    case "accept-then-gzip-bomb":
      return { status: 200, body: bomb(), headers: { "content-encoding": "gzip" } };
    case "slow":
    case "sync":
    case "async":
      return ok(body);
  }
}
