import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { readUsage } from "./read-usage.mjs";

const { scripts }: { scripts: Record<string, string> } = JSON.parse(readFileSync("package.json", "utf8"));
const commands = Object.entries(scripts).flatMap(([name, command]) => {
  const file = command.match(/with-node24\.mjs ((?:scripts|bench)\/[a-z-]+\.ts)/)?.[1];
  return file ? [[name, file] as const] : [];
});

test("there are commands to ask", () => expect(commands.length).toBeGreaterThan(20));

test.each(commands)("npm run %s -- --help says what it does and how it is called", (name, file) => {
  expect(readUsage(file)).toMatch(new RegExp(`npm run (-s )?${name}\\b`));
});
