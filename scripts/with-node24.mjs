// Runs a file of the project under Node 24: node scripts/with-node24.mjs <file> [arguments]. With --help it prints what the file says
// of its own use instead, and so it does when the file does not know an option.
import path from "node:path";
import { root, runUnderNode24 } from "./bootstrap.mjs";
import { readUsage } from "./read-usage.mjs";

const [file, ...given] = process.argv.slice(2);

if (given.includes("--help") || given.includes("-h")) process.stdout.write(`${readUsage(path.join(root, file))}\n`);
else
  try {
    await runUnderNode24(file, given);
  } catch (error) {
    if (!String(error?.code).startsWith("ERR_PARSE_ARGS")) throw error;
    process.stderr.write(`${error.message}\n\n${readUsage(path.join(root, file))}\n`);
    process.exitCode = 2;
  }
