import { chromium } from "@playwright/test";
import { findBrowser } from "../testing/browser.ts";

/** Headless Chromium as the stories use it. Throws a sentence where there is none. */
export const openBrowser = () =>
  chromium.launch({
    executablePath: findBrowser((sentence) => process.stderr.write(`${sentence}\n`)),
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--font-render-hinting=none",
    ],
  });
