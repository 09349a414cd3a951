import type { FlowFile } from "#flow/flow-file.ts";
import { orderedFile } from "#flow/flow-file.ts";

export const flowFormats = ["yaml", "json"] as const;
export type FlowFormat = (typeof flowFormats)[number];

/** Bytes of a file that may be read: what a request holds. */
export const longestFile = 1_900_000;

/** The format that a file's name tells; JSON, which is YAML too, for any other. */
export const formatOf = (fileName: string): FlowFormat => (/\.ya?ml$/i.test(fileName) ? "yaml" : "json");

/** A flow as text that a person can read and git can compare: the same flow is always the same bytes. */
export async function writeFlow(file: FlowFile, format: FlowFormat): Promise<string> {
  const content = orderedFile(file);
  if (format === "json") return `${JSON.stringify(content, null, 2)}\n`;
  const { stringify } = await import("yaml");
  return stringify(content, { aliasDuplicateObjects: false, lineWidth: 120, indent: 2 });
}

/** What stands in a text, JSON or YAML; undefined for neither. Whether it is a flow is for `FlowFile` to say. Total. */
export async function parseFlowText(text: string, format: FlowFormat): Promise<unknown> {
  try {
    if (format === "json") return JSON.parse(text);
    const { parse } = await import("yaml");
    // Anchors are for people who write by hand; a few thousand of them are an attack.
    return parse(text, { maxAliasCount: 100, schema: "core", uniqueKeys: true, logLevel: "error" });
  } catch {
    return undefined;
  }
}
