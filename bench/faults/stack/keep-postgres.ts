import { discard } from "#scripts/testing/throw-away-folder.ts";

/** Waits for the end of the harness, and then ends the Postgres in its folder: a harness that was killed can stop nobody. */
const [folder] = process.argv.slice(2);
process.on("disconnect", () => {
  if (folder) discard(folder);
  process.exit(0);
});
// Ctrl-C is for the harness, which stops its own Postgres.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => undefined);
