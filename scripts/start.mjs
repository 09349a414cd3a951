// npm start: installs, then runs the whole of Chasqui (scripts/stack/main.ts) under Node 24.
import { runUnderNode24 } from "./bootstrap.mjs";

await runUnderNode24("scripts/stack/main.ts", process.argv.slice(2));
