import { z } from "zod";
import { formatOf, longestFile, parseFlowText } from "#components/flow-file/flow-text.ts";
import { caseLimits, FlowCase } from "#flow/flow-case.ts";
import { Graph } from "#flow/graph.ts";

/** One thing in the file that cannot be taken: where it stands ("nodes.3.position") and a key under `flowGallery.importProblems.`. */
export type ImportProblem = { path: string; rule: string; detail: string };

export type ReadImport = { graph: Graph; name: string; cases?: FlowCase[] } | { problems: ImportProblem[] };

/** Our export (flow/flow-file.ts), whatever it was pulled from; a bare graph is taken too. */
const Exported = z.object({
  name: z.string().trim().min(1).max(120),
  graph: z.unknown(),
  cases: z.unknown().optional(),
});
const Cases = z.array(FlowCase).max(caseLimits.perFlow).optional();

/** Reads an exported flow. Total: any text gives a graph or a list of what is wrong with it, and nothing is saved. */
export async function readImport(text: string, fileName: string): Promise<ReadImport> {
  if (text.length > longestFile) return { problems: [{ path: "", rule: "too-large", detail: "" }] };
  const format = formatOf(fileName);
  const json = await parseFlowText(text, format);
  if (json === undefined || json === null) return { problems: [{ path: "", rule: `not-${format}`, detail: "" }] };
  const exported = Exported.safeParse(json);
  const parsed = Graph.safeParse(exported.success ? exported.data.graph : json, { reportInput: true });
  if (!parsed.success) return { problems: parsed.error.issues.slice(0, 50).map(problemOf) };
  const cases = Cases.safeParse(exported.success ? exported.data.cases : undefined, { reportInput: true });
  if (!cases.success)
    return {
      problems: cases.error.issues.slice(0, 50).map((issue) => problemOf({ ...issue, path: ["cases", ...issue.path] })),
    };
  return {
    graph: parsed.data,
    ...(cases.data && { cases: cases.data }),
    name: exported.success ? exported.data.name : fileName.replace(/\.(json|ya?ml)$/i, "").slice(0, 120),
  };
}

function problemOf(issue: z.core.$ZodIssue): ImportProblem {
  const rules: Record<string, string> = {
    unrecognized_keys: "unknown-key",
    invalid_type: issue.input === undefined ? "missing" : "wrong-type",
    too_big: "too-big",
    too_small: "too-small",
  };
  const detail = issue.code === "unrecognized_keys" ? issue.keys.join(", ") : "";
  return { path: issue.path.join("."), rule: rules[issue.code] ?? "wrong-value", detail };
}
