import { spawnSync } from "node:child_process";
import { rmdirSync } from "node:fs";
import { z } from "zod";

/** Mounts a small tmpfs, says so, and takes it down when its parent is gone, however that ended. */
const [folder, megabytes, uid, gid] = z
  .tuple([z.string(), z.string(), z.string(), z.string()])
  .parse(process.argv.slice(2));

const options = `size=${megabytes}m,mode=0700,uid=${uid},gid=${gid}`;
const { status } = spawnSync("mount", ["-t", "tmpfs", "-o", options, "tmpfs", folder]);
if (status !== 0) process.exit(1);
process.on("disconnect", () => {
  // Lazily: a Postgres that is being ended may still hold it for a moment.
  spawnSync("umount", ["-l", folder]);
  rmdirSync(folder);
  process.exit(0);
});
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => undefined);
process.send?.("mounted");
