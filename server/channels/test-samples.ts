import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Json } from "#flow/json.ts";

/** Samples of Meta's own, kept beside the checkout (or above it) where they are available; what needs them is skipped elsewhere. */
const folder = ["..", "../.."]
  .map((up) => path.resolve(import.meta.dirname, "../..", up, "shared/data/whatsapp"))
  .find(existsSync);

export const hasSamples = folder !== undefined;

export const sampleNames = (kind: string): string[] =>
  folder === undefined ? [] : readdirSync(path.join(folder, "fixtures", kind)).sort();

export const readSample = (file: string): Json => JSON.parse(readFileSync(path.join(folder ?? "", file), "utf8"));
