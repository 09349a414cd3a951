import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

const never = ["**/node_modules/**", ".next/**", ".chasqui/**", "e2e/**"];
/** They change what a process has one of: its clock, its environment, its tracer, its output. Each runs in a process of its own. */
const apart = [
  "bench/world/*.test.ts",
  "components/flow-editor/autosave.test.ts",
  "scripts/**/*.test.ts",
  "server/door/main.test.ts",
  "server/clock.test.ts",
  "server/engine/tracing/*.test.ts",
  "server/observe/*.test.ts",
];
/** They promise a number of milliseconds, which no process keeps beside others that want the same processor: these run alone. */
const timed = [
  "server/door/slow-clients.test.ts",
  "server/engine/dispatch/stale-claims.test.ts",
  "server/engine/guarantees/messages.test.ts",
  "server/engine/webhooks/pause-while-waiting.test.ts",
  "server/engine/webhooks/stop-while-queued.test.ts",
];

export default defineConfig({
  test: {
    globalSetup: ["./vitest.setup.ts"],
    environment: "node",
    // Most files wait for a database, a socket or a rest more than they compute.
    maxWorkers: Math.max(3, availableParallelism()),
    // How long a condition takes to come true says how busy the machine is, and nothing about the product.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 40_000 } },
    projects: [
      {
        extends: true,
        // Each file has a database of its own; what a process has loaded and compiled serves the next file too, which spares a quarter.
        test: {
          name: "together",
          include: ["**/*.test.ts"],
          exclude: [...never, ...apart, ...timed],
          isolate: false,
          env: { CHASQUI_LOG_LEVEL: "silent" },
        },
      },
      { extends: true, test: { name: "apart", include: apart, exclude: never } },
      {
        extends: true,
        test: { name: "timed", include: timed, exclude: never, maxWorkers: 1, sequence: { groupOrder: 1 } },
      },
    ],
  },
});
