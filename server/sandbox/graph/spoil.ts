import type { Fault } from "../faults.ts";
import { GraphError } from "../graph-error.ts";
import { ok } from "../http-answer.ts";
import type { Reply } from "../server.ts";

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
    case "sync":
    case "async":
      return ok(body);
  }
}
