// Imports nothing but node: modules, as everything that runs before the dependencies are there.
import { readFileSync } from "node:fs";

/** What a script says of its own use: its `usage`, else the comment that names the command. */
export function readUsage(file) {
  const text = readFileSync(file, "utf8");
  const usage = text.match(/const usage =\s*([`'"])([\s\S]*?)\1;/)?.[2];
  if (usage) return usage;
  const comments = text.match(/\/\*\*[\s\S]*?\*\/|^\/\/ .*$/gm) ?? [];
  const comment = comments.find((each) => each.includes("npm run")) ?? "";
  return comment.replaceAll(/^\s*\/\*\*\s?|\s*\*\/$|^\s*\* ?|^\/\/ /gm, "").trim();
}
