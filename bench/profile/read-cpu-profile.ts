import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

type ProfileNode = {
  id: number;
  callFrame: { functionName: string; url: string; lineNumber: number };
  children?: number[];
};
type Profile = { nodes: ProfileNode[]; samples: number[]; timeDeltas: number[] };

export type CpuShare = { name: string; us: number };

/** Where the sources lie, as a profile names them. The checkout's own folder may be called like one of its parts. */
const checkout = new URL("../../", import.meta.url).href;

/** Own time of a process by the part of the code that ran, from the profile that `node --cpu-prof` left in the folder. */
export function readCpuProfile(folder: string, root = checkout): { parts: CpuShare[]; functions: CpuShare[] } {
  const [file] = readdirSync(folder).filter((name) => name.endsWith(".cpuprofile"));
  if (!file) throw new Error(`No profile in ${folder}: the process did not end by itself.`);
  const profile = JSON.parse(readFileSync(path.join(folder, file), "utf8")) as Profile;
  const byId = new Map(profile.nodes.map((node) => [node.id, node]));
  const parts = new Map<string, number>();
  const functions = new Map<string, number>();
  profile.samples.forEach((id, index) => {
    const node = withinRoot(byId.get(id), root);
    const us = profile.timeDeltas[index] ?? 0;
    if (!node || node.callFrame.functionName === "(idle)") return;
    add(parts, partOf(node), us);
    if (!isLoading(node)) add(functions, `${node.callFrame.functionName || "(anonymous)"} ${placeOf(node)}`, us);
  });
  return { parts: sorted(parts), functions: sorted(functions) };
}

/** The same with its file named from the checkout's root: "server/door/answer.ts". */
function withinRoot(node: ProfileNode | undefined, root: string): ProfileNode | undefined {
  if (!node?.callFrame.url.startsWith(root)) return node;
  return { ...node, callFrame: { ...node.callFrame, url: node.callFrame.url.slice(root.length) } };
}

/** Finding, reading and compiling the modules: once in a process, however many operations follow. */
const isLoading = ({ callFrame: { url } }: ProfileNode): boolean =>
  /^node:internal\/(modules|bootstrap|deps\/amaro|process|vm)|^wasm:/.test(url);

function partOf(node: ProfileNode): string {
  const { functionName, url } = node.callFrame;
  if (isLoading(node)) return "(start of the process, once)";
  if (functionName === "(garbage collector)") return "garbage collection";
  if (functionName === "(program)") return "Node and kernel: sockets, system calls";
  const found = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url);
  if (found) return /^pg/.test(found[1] ?? "") ? "pg (driver)" : (found[1] ?? "packages");
  if (url.startsWith("node:")) return "Node's own modules";
  const own = /^(flow|server\/[^/]+(?:\/(?:signals|dispatch|webhooks|ingest))?|bench)\//.exec(url);
  return own?.[1] ?? "V8 built-ins (JSON, dates, strings)";
}

const placeOf = ({ callFrame: { url, lineNumber } }: ProfileNode): string =>
  `${url.replace(/^.*\/node_modules\//, "node_modules/")}:${lineNumber + 1}`;

const add = (sums: Map<string, number>, name: string, us: number) => sums.set(name, (sums.get(name) ?? 0) + us);

const sorted = (sums: ReadonlyMap<string, number>): CpuShare[] =>
  [...sums].map(([name, us]) => ({ name, us })).toSorted((a, b) => b.us - a.us);
