import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import english from "#messages/en.json" with { type: "json" };

const sources = readdirSync("server", { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts") && !file.startsWith("sandbox"))
  .map((file) => readFileSync(path.join("server", file), "utf8"));

/** `action: "close-form"` and `action: isOpen ? "open-form" : "close-form"`: a verb of the log always has a dash. */
const said = (field: string, texts: string[]) =>
  new Set(
    texts
      .flatMap((text) => [
        ...text.matchAll(new RegExp(`\\b${field}: (?:\\w+ \\? )?"([a-z-]+)"(?: : "([a-z-]+)")?`, "g")),
      ])
      .flatMap(([, first, second]) => [first ?? "", second ?? ""]),
  );

test("every verb that the log records has words for the reader", () => {
  const verbs = [...said("action", sources)].filter((name) => name.includes("-"));
  expect(verbs.length).toBeGreaterThan(40);
  expect(verbs.filter((name) => !(name in english.auditLog.actions))).toEqual([]);
});

test("every kind of thing that the log tells of has a word", () => {
  const kinds = [
    ...said(
      "subject",
      sources.filter((text) => text.includes("recordAudit(")),
    ),
  ].filter(Boolean);
  expect(kinds.length).toBeGreaterThan(8);
  expect(kinds.filter((name) => !(name in english.auditLog.subjects))).toEqual([]);
});
