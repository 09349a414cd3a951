import { createServer } from "node:http";
import path from "node:path";
import { fileURLToPath } from "node:url";
import next from "next";
import { readEnv } from "../env.ts";
import { createLog } from "../log.ts";
import { reachableHost } from "../reachable-host.ts";
import { forwardToDoor, isDoorPath } from "./forward-to-door.ts";
import { markPeer } from "./peer.ts";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");

/**
 * The web process: Next's pages, and in front of them the way to the door. Next's own proxy.ts was tried and changes what it forwards:
 * it rewrites query strings, cuts bodies at 10 MB and answers 500 while the door restarts (docs/decisions/007).
 */
async function serve(): Promise<void> {
  const env = readEnv(process.env);
  const log = createLog("web");
  const door = { host: reachableHost(env.host), port: env.doorPort };
  const app = next({ dev: process.env.NODE_ENV === "development", dir: root, hostname: env.host, port: env.port });
  await app.prepare();
  const show = app.getRequestHandler();
  const upgrade = app.getUpgradeHandler();
  const server = createServer((request, response) => {
    if (isDoorPath(request.url)) return forwardToDoor(request, response, door);
    markPeer(request);
    void show(request, response);
  });
  server.on("upgrade", (request, socket, head) => void upgrade(request, socket, head));
  // Longer than a load balancer's usual 60 s, so that it is never we who close a connection just taken up again.
  server.keepAliveTimeout = 65_000;
  server.listen(env.port, env.host, () => log.info({ port: env.port }, "web is ready"));
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.on(signal, () => {
      server.close(() => process.exit(0));
      server.closeIdleConnections();
      // Answers in the making get a moment; an open event stream must not hold up the stop.
      setTimeout(() => process.exit(0), 2_000).unref();
    });
  }
}

await serve();
