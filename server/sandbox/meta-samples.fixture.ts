import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { JsonObject } from "#flow/json.ts";

/** Samples of Meta's own, kept beside the checkout where they are available; the rest of the suite does not need them. */
const root = path.resolve(import.meta.dirname, "../..");
export const samplesFolder: string | undefined = ["..", "../.."]
  .map((above) => path.resolve(root, above, "shared/data/whatsapp"))
  .find((folder) => existsSync(folder));

export const listSamples = (kind: string): string[] =>
  samplesFolder === undefined ? [] : readdirSync(path.join(samplesFolder, "fixtures", kind)).sort();

export const readSample = (kind: string, name: string): JsonObject =>
  JSON.parse(readFileSync(path.join(samplesFolder ?? "", "fixtures", kind, name), "utf8"));
