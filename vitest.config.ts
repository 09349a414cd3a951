import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

const never = ["**/node_modules/**", ".next/**", ".chasqui/**", "e2e/**"];
/** They compute and keep nothing outside themselves: such files share a process and what it has loaded. */
const pure = [
  "components/**/!(autosave).test.ts",
  "flow/**/!(rule-sql).test.ts",
  "messages/*.test.ts",
  "bench/experiments/*.test.ts",
  "server/channels/meta-cloud/{errors,parse}.test.ts",
  "server/experiments/**/*.test.ts",
  "server/{auth/languages,demo/event-for,health/wait-percentile,id,log,mask-phone}.test.ts",
  "server/engine/dispatch/{decide-messages,prepare-message,retry-classes,settled-message,settlement}.test.ts",
  "server/engine/webhooks/apply-status.test.ts",
  "server/sandbox/{due-queue,wamid,graph/*}.test.ts",
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
      { extends: true, test: { name: "pure", include: pure, exclude: never, isolate: false } },
      { extends: true, test: { name: "whole", include: ["**/*.test.ts"], exclude: [...never, ...pure, ...timed] } },
      {
        extends: true,
        test: { name: "timed", include: timed, exclude: never, maxWorkers: 1, sequence: { groupOrder: 1 } },
      },
    ],
  },
});
