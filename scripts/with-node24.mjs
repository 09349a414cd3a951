// Runs a file of the project under Node 24: node scripts/with-node24.mjs <file> [arguments]
import { runUnderNode24 } from "./bootstrap.mjs";

const [file, ...given] = process.argv.slice(2);
await runUnderNode24(file, given);
