import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import en from "./en.json" with { type: "json" };
import fr from "./fr.json" with { type: "json" };

const root = path.resolve(import.meta.dirname, "..");
const writers = ["flow/gate/*.ts", "server/engine/dispatch/*.ts", "server/engine/webhooks/*.ts"];

/** Every word that stands in the sources where a message's reason is given: `reason: "x"`, `reason = 'x'`, `blockFor("x")` and the tables of refusals. */
function writtenReasons(): string[] {
  const files = globSync(writers, { cwd: root }).filter((file) => !/(\.test|test-scene)\.ts$/.test(file));
  return [...new Set(files.flatMap((file) => reasonsIn(readFileSync(path.join(root, file), "utf8"))))].sort();
}

const places = [
  /\breasons?\b\s*(?::|=|\?\?)\s*([^;{}\n]*)/g,
  /\b(?:blockFor|keptReason)\(([^)]*)\)/g,
  /\b(?:waits|ends):\s*("[^"]*")/g,
  /\bfinalReasons\b[^{]*\{([^}]*)\}/g,
  /\breason is distinct from[\s\S]*?\bend\b/g,
];

const reasonsIn = (source: string): string[] =>
  places
    .flatMap((place) => [...source.matchAll(place)].map((found) => found[1] ?? found[0]))
    .flatMap((piece) => [...piece.matchAll(/["']([a-z]+(?:-[a-z]+)*)["']/g)].map(([, word = ""]) => word))
    .filter((word) => !notReasons.has(word));

/** Statuses, verdicts and classes of refusals on the same lines. */
const notReasons = new Set([
  "account",
  "skipped",
  "failed",
  "queued",
  "unknown",
  "reason",
  "skip",
  "defer",
  "block",
  "sent",
]);

test("the test finds the reasons that the engine writes", () => {
  expect(writtenReasons()).toEqual(
    expect.arrayContaining([
      "no-consent",
      "quiet-hours",
      "pair-rate",
      "expired",
      "resent",
      "provider-capped",
      "stopped",
    ]),
  );
});

test.each(Object.entries({ en, fr }))("every reason the engine writes has words in %s", (_, texts) => {
  expect(writtenReasons().filter((reason) => !Object.hasOwn(texts.reasons, reason))).toEqual([]);
});
