import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

/** Debian's Chromium without its windows draws the same and needs a fifth less of the processor. */
const shell = "/usr/bin/chromium-headless-shell";

const places = [
  shell,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** The browser for the stories: CHROMIUM_PATH, one that is installed, or Debian's own installed now when we are root. Throws a sentence otherwise. */
export function findBrowser(say: (sentence: string) => void): string {
  const given = process.env.CHROMIUM_PATH;
  if (given) {
    if (existsSync(given)) return given;
    throw new Error(`CHROMIUM_PATH (${given}) does not exist; point it to a Chromium or Chrome.`);
  }
  const found = places.find((place) => existsSync(place));
  if (found) return found;
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) {
    throw new Error(
      "There is no Chromium here: install it (on Debian: apt-get install chromium), or set CHROMIUM_PATH to a Chromium or Chrome.",
    );
  }
  say("Installing Chromium with apt-get (once)...");
  install();
  if (!existsSync(shell))
    throw new Error(`apt-get install chromium-headless-shell did not leave a ${shell}; set CHROMIUM_PATH.`);
  return shell;
}

function install(): void {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  for (const given of [["update"], ["install", "-y", "--no-install-recommends", "chromium-headless-shell"]]) {
    const { status, stderr } = spawnSync("apt-get", given, {
      env,
      encoding: "utf8",
      stdio: ["ignore", "ignore", "pipe"],
    });
    if (status !== 0) throw new Error(`apt-get ${given[0]} failed: ${stderr.trim().split("\n").at(-1) ?? ""}`);
  }
}
