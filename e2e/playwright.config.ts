import path from "node:path";
import { defineConfig } from "@playwright/test";

/** Each project empties its own folder before it begins. */
const output = process.env.CHASQUI_E2E_OUTPUT ?? path.join(import.meta.dirname, "..", "test-results");

/**
 * Against a running Chasqui (CHASQUI_URL). Screens change nothing that another looks at, so two are looked at beside each other; the
 * stories share one virtual clock and are told one after the other.
 */
export default defineConfig({
  testDir: ".",
  timeout: 180_000,
  expect: { timeout: 20_000 },
  workers: 2,
  projects: [
    { name: "screens", testMatch: "axe.spec.ts", fullyParallel: true, outputDir: path.join(output, "screens") },
    { name: "stories", testIgnore: "axe.spec.ts", workers: 1, outputDir: path.join(output, "stories") },
  ],
  forbidOnly: true,
  use: {
    baseURL: process.env.CHASQUI_URL ?? "http://localhost:3000",
    viewport: { width: 1440, height: 900 },
    locale: "en-US",
    timezoneId: "Africa/Dakar",
    // A trace is taken when one asks for it: it costs an eighth of the time of every story, also of those that pass.
    trace: process.env.CHASQUI_E2E_TRACE ? "retain-on-failure" : "off",
    screenshot: "only-on-failure",
    actionTimeout: 20_000,
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
      args: [
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--font-render-hinting=none",
        "--no-sandbox",
      ],
    },
  },
});
