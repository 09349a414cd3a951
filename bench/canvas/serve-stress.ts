import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build, preview } from "vite";

export type StressPage = { url: (nodes: number) => string; close: () => Promise<void> };

/** Builds the rival's page for production and serves it. */
export async function serveStress(): Promise<StressPage> {
  const outDir = mkdtempSync(path.join(os.tmpdir(), "chasqui-stress-"));
  const root = fileURLToPath(new URL("stress", import.meta.url));
  const define = { "process.env.NODE_ENV": JSON.stringify("production") };
  const options = { root, configFile: false, logLevel: "error", define, build: { outDir } } as const;
  await build(options);
  const server = await preview({ ...options, preview: { port: 0, host: "127.0.0.1" } });
  const address = server.httpServer.address();
  if (typeof address !== "object" || address === null) throw new Error("The rival's page could not be served.");
  return {
    url: (nodes) => `http://127.0.0.1:${address.port}/?nodes=${nodes}`,
    close: async () => {
      await server.close();
      rmSync(outDir, { recursive: true, force: true });
    },
  };
}
