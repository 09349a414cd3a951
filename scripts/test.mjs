// npm test: installs, then runs everything there is to check (scripts/testing/main.ts) under Node 24.
import { runUnderNode24 } from "./bootstrap.mjs";

await runUnderNode24("scripts/testing/main.ts", process.argv.slice(2));
