import { createServer, type RequestListener, type Server } from "node:http";

/** How long a client may take to send its headers, and the whole request, in milliseconds. */
export type Patience = { headersMs: number; requestMs: number };

/** Longer than any honest network needs for 3 MB. */
export const doorPatience: Patience = { headersMs: 10_000, requestMs: 30_000 };

/**
 * An HTTP server that a client which sends a byte a second cannot hold: it gets a 408 and is cut off when its patience is
 * over. No crowd of idlers, no endless headers.
 */
export function openServer(handle: RequestListener, { headersMs, requestMs }: Patience = doorPatience): Server {
  const options = {
    headersTimeout: headersMs,
    requestTimeout: requestMs,
    // Node looks every 30 s by itself, so that 10 s could become 40.
    connectionsCheckingInterval: Math.min(1_000, headersMs),
    keepAliveTimeout: 65_000,
    noDelay: true,
  };
  const server = createServer(options, handle);
  server.maxHeadersCount = 100;
  server.maxConnections = 10_000;
  return server;
}
