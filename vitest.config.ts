import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["**/*.test.ts"],
    exclude: ["**/node_modules/**", ".next/**", ".chasqui/**", "e2e/**"],
    globalSetup: ["./vitest.setup.ts"],
    environment: "node",
    // A database of one's own per file and property tests on a busy machine with two cores.
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
