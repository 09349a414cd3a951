import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { type FlowFormat, formatOf, longestFile, parseFlowText, writeFlow } from "#components/flow-file/flow-text.ts";
import { FlowFile } from "#flow/flow-file.ts";

export type LocalFlow = { file: string; flow: FlowFile };

/** A folder with one file for each flow. */
export class FlowFolder {
  readonly #dir: string;
  readonly #format: FlowFormat;

  constructor(dir: string, format: FlowFormat) {
    this.#dir = dir;
    this.#format = format;
  }

  /** The flows of the folder by their file's name. Throws with file and place when one is none. */
  async read(): Promise<LocalFlow[]> {
    const names = await readdir(this.#dir).catch(() => []);
    const files = names.filter((name) => /\.(ya?ml|json)$/i.test(name)).sort();
    return Promise.all(files.map(async (file) => ({ file, flow: await this.#readOne(file) })));
  }

  async #readOne(file: string): Promise<FlowFile> {
    const text = await readFile(path.join(this.#dir, file), "utf8");
    const content = text.length > longestFile ? undefined : await parseFlowText(text, formatOf(file));
    const parsed = FlowFile.safeParse(content);
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    throw new Error(`${file} is no flow: ${issue?.path.join(".") || "whole"}: ${issue?.message}`);
  }

  /** Writes a flow and answers whether that changed the file. */
  async write(file: string, flow: FlowFile): Promise<boolean> {
    const place = path.join(this.#dir, file);
    const text = await writeFlow(flow, formatOf(file));
    if ((await readFile(place, "utf8").catch(() => null)) === text) return false;
    await mkdir(this.#dir, { recursive: true });
    await writeFile(place, text);
    return true;
  }

  /** A name for a new file that none of these has: "kyc-reminder.yaml", "kyc-reminder-2.yaml". */
  nameFor(name: string, taken: ReadonlySet<string>): string {
    const plain = name
      .normalize("NFKD")
      .replaceAll(/[\u0300-\u036f]/g, "")
      .toLowerCase();
    const stem =
      plain
        .replaceAll(/[^a-z0-9]+/g, "-")
        .replaceAll(/^-+|-+$/g, "")
        .slice(0, 60) || "flow";
    for (let number = 1; ; number += 1) {
      const file = `${stem}${number === 1 ? "" : `-${number}`}.${this.#format}`;
      if (!taken.has(file)) return file;
    }
  }
}
