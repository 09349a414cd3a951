import { registerHooks } from "node:module";
import { fileURLToPath } from "node:url";

/**
 * Puts a bug into one file of the product for the process that loads this first, and into nothing else: no switch for it is in the
 * product. Throws when the text to be replaced is not there any more, so that a plant that no longer fits is noticed.
 */
export function plant(file: string, replacements: readonly (readonly [from: string, to: string])[]): void {
  registerHooks({
    load(url, context, nextLoad) {
      const loaded = nextLoad(url, context);
      if (!url.startsWith("file:") || !fileURLToPath(url).endsWith(`/${file}`)) return loaded;
      let source = textOf(loaded.source);
      for (const [from, to] of replacements) {
        if (!source.includes(from)) throw new Error(`The planted bug does not fit ${file} any more: ${from}`);
        source = source.replace(from, () => to);
      }
      return { ...loaded, source };
    },
  });
}

const textOf = (source: unknown): string =>
  source instanceof Uint8Array ? Buffer.from(source).toString("utf8") : String(source);
