import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { JsonObject } from "#flow/json.ts";

const root = path.resolve(import.meta.dirname, "../..");
/** Beside the checkout, or one folder further up. */
const folder = ["../shared", "../../shared"]
  .map((shared) => path.resolve(root, shared, "data/whatsapp"))
  .find((each) => existsSync(path.join(each, "fixtures")));

const folderOf = (kind: string): string => path.join(folder ?? "", "fixtures", kind);

/** Samples of Meta's own where they are available; what needs them is skipped elsewhere. */
export const samples = {
  isThere: folder !== undefined,
  folder: folder ?? "",
  list: (kind: string): string[] => (folder === undefined ? [] : readdirSync(folderOf(kind)).sort()),
  read: (kind: string, name: string): JsonObject => JSON.parse(readFileSync(path.join(folderOf(kind), name), "utf8")),
};
