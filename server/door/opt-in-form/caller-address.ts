import type { IncomingMessage } from "node:http";
import ipaddr from "ipaddr.js";

/**
 * Who is at the other end: the last address that is none of our own network's. What a caller writes into the header himself stands
 * further left and is not believed.
 */
export function callerAddress(request: IncomingMessage): string {
  const header = request.headers["x-forwarded-for"];
  const passed = (Array.isArray(header) ? header.join(",") : (header ?? "")).split(",").map((part) => part.trim());
  const hops = [...passed, request.socket.remoteAddress ?? ""].filter((hop) => ipaddr.isValid(hop));
  const foreign = hops.findLast((hop) => ipaddr.process(hop).range() === "unicast");
  return foreign ?? hops.at(-1) ?? "";
}
