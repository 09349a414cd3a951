import type { IncomingMessage } from "node:http";

/** Header by which the web process tells its routes who is at the other end; whatever a caller sends under this name is overwritten. */
export const peerHeader = "x-chasqui-peer";

/** Marks a request as coming from this very machine or not. One that a proxy passed on counts as not. */
export function markPeer(request: IncomingMessage): void {
  const isForwarded = request.headers.forwarded !== undefined || request.headers["x-forwarded-for"] !== undefined;
  const address = request.socket.remoteAddress ?? "";
  const isLocal = !isForwarded && (address === "::1" || /^(::ffff:)?127\./.test(address));
  request.headers[peerHeader] = isLocal ? "local" : "remote";
}

/**
 * True when a program on this machine asks, by this machine's name. A page of another site, opened in a browser here, is not: it comes
 * with its own origin, or under a host name of its own that it made lead here.
 */
export function isLocalCall(headers: Headers): boolean {
  const host = headers.get("host") ?? "";
  const origin = headers.get("origin");
  const isOurHost = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(host);
  return headers.get(peerHeader) === "local" && isOurHost && (origin === null || origin === `http://${host}`);
}
