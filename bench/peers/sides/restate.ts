import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import * as restate from "@restatedev/restate-sdk";
import { freePort } from "../../../scripts/stack/free-port.ts";
import { armOf, type BenchEvent, type BenchPerson } from "../../workload/one-run.ts";
import { postMessage } from "../../workload/provider.ts";
import { countRuns, isPerStep, openPool, readWork, tellServers } from "./jobs.ts";

/** Restate: one virtual object per person with its enrollments as state, on one local server; the call alone is a journaled step, or each step of the path. */
const pool = openPool(2);
const { people, events } = await readWork(pool);
await pool.end();
const count = countRuns();
const contact = restate.object({
  name: "contact",
  handlers: {
    run: async (ctx: restate.ObjectContext, { event, person }: { event: BenchEvent; person: BenchPerson }) => {
      const earlier = (await ctx.get<object[]>("enrollments")) ?? [];
      const keep = (name: string, detail: object) =>
        isPerStep ? ctx.run(name, () => detail) : Promise.resolve(detail);
      await keep("start", { event: event.name });
      const taken = armOf(event, person);
      if (!taken) return;
      await keep("score", { branch: "Good" });
      await keep("split", taken);
      const messageId = ctx.rand.uuidv4();
      const wamid = await ctx.run(`send-${taken.arm}`, () => postMessage(person, messageId));
      await keep("goal", { name: "done" });
      ctx.set("enrollments", [...earlier, { event: event.id, arm: taken.arm, messageId, wamid, goal: "done" }]);
      count();
    },
  },
});

const folder = mkdtempSync(path.join(process.env.CHASQUI_HOME ?? tmpdir(), "restate-"));
const [ingress, admin, node, service] = [await freePort(), await freePort(), await freePort(), await freePort()];
await restate.serve({ services: [contact], port: service });
const binary = path.join(
  import.meta.dirname,
  "node_modules/@restatedev",
  `restate-server-${process.platform}-${process.arch}`,
  "bin/restate-server",
);
const server = spawn(
  binary,
  ["--no-logo", "--bind-ip", "127.0.0.1", "--bind-port", String(node), "--base-dir", folder, "--listen-mode", "tcp"],
  {
    stdio: "ignore",
    env: {
      ...process.env,
      RESTATE_INGRESS__BIND_PORT: String(ingress),
      RESTATE_ADMIN__BIND_PORT: String(admin),
      RESTATE_LOG_FILTER: "error",
      RESTATE_DISABLE_TELEMETRY: "true",
    },
  },
);
process.on("SIGTERM", () => process.exit(0));
process.on("exit", () => {
  server.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});
tellServers([server.pid ?? 0]);

const answers = async (address: string, init?: RequestInit): Promise<boolean> =>
  fetch(address, init).then(
    (response) => response.ok,
    () => false,
  );
const register = {
  method: "POST",
  headers: { "content-type": "application/json" },
  body: JSON.stringify({ uri: `http://127.0.0.1:${service}` }),
};
while (!(await answers(`http://127.0.0.1:${admin}/health`))) await delay(100);
while (!(await answers(`http://127.0.0.1:${admin}/deployments`, register))) await delay(100);
while (!(await answers(`http://127.0.0.1:${ingress}/restate/health`))) await delay(100);

// Another process offers the events: its CPU is not the peer's, as the event door's is not the engine's.
const sender = spawn(
  process.execPath,
  [path.join(import.meta.dirname, "restate-sender.ts"), `http://127.0.0.1:${ingress}`],
  {
    stdio: ["pipe", "ignore", "inherit"],
  },
);
process.on("exit", () => sender.kill("SIGKILL"));
sender.stdin?.end(JSON.stringify(people.map((person, index) => ({ event: events[index], person }))));
