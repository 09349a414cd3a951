import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** The pictures of docs/gallery.md that no other page has: dark, and in French. */
export const gallery = {
  folder: fileURLToPath(new URL("../../docs/images/gallery", import.meta.url)),
  look: "en-dark-1440,fr-light-1440",
  screens: [
    "flow-editor-step",
    "flow-live",
    "test-bench",
    "template-editor",
    "approvals",
    "dashboard",
    "experiment",
    "sandbox",
  ],
};

/** Fewer colours, a third of the size: a picture of a screen has few to begin with. Answers what was wrong. */
export function shrinkPictures(folder: string): string[] {
  const files = readdirSync(folder).filter((name) => name.endsWith(".png"));
  try {
    const given = ["--force", "--skip-if-larger", "--strip", "--quality", "60-95", "--speed", "1", "--ext", ".png"];
    execFileSync("pngquant", [...given, ...files.map((name) => path.join(folder, name))]);
    return [];
  } catch (error) {
    return [`The pictures keep their size: pngquant (a package of your system) ${String(error)}`];
  }
}
