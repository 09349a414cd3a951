import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Json, JsonObject } from "#flow/json.ts";

/** Samples of Meta's own, kept beside the checkout (or above it) where they are available; what needs them is skipped elsewhere. */
const folder = ["../shared", "../../shared"]
  .map((shared) => path.resolve(import.meta.dirname, "..", shared, "data/whatsapp"))
  .find(existsSync);

export const hasSamples = folder !== undefined;

export const sampleNames = (kind: string): string[] =>
  folder === undefined ? [] : readdirSync(path.join(folder, "fixtures", kind)).sort();

/** A file by its path in the folder. */
export const readSample = (file: string): Json => JSON.parse(readFileSync(path.join(folder ?? "", file), "utf8"));

/** One call, answer or webhook of a kind. */
export const sampleOf = (kind: string, name: string): JsonObject =>
  readSample(`fixtures/${kind}/${name}`) as JsonObject;
