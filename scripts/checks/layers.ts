import { isTest, type Problem, type SourceTree } from "./source-tree.ts";

/** Parts of the server that belong to no feature: every feature may use them. */
const serverGround = new Set(["auth", "audit", "channels", "integrations", "notifications", "observe"]);

/** What hands work to the engine inside the caller's transaction, or waits until its work is over. */
const engineEntrances = new Set([
  "server/engine/queue-signal.ts",
  "server/engine/dead-letters.ts",
  "server/engine/await-calls.ts",
  "server/engine/erase-ways.ts",
  "server/engine/rollup/stay-bucket.ts",
]);

/** What a feature may take from another one: the enqueue function of the engine, and pairs that were decided one by one. */
const allowedNeighbours: Record<string, string[]> = {
  // The demo's people and clock are on the home screen and on the phones page.
  home: ["demo"],
  "sandbox-phones": ["demo"],
  demo: ["sandbox-phones"],
  // What goes live asks whether it was approved; the last approval makes it live, in one transaction.
  approvals: ["flows", "templates"],
  // Test cases are played under the workspace's own rules; who stands on a step is looked for as in the list of people.
  // A version that goes live starts its experiments, in the same transaction.
  flows: ["approvals", "settings", "contacts", "experiments"],
  // An experiment is a part of a flow: it is planned from the draft, and its winner becomes a draft or, agreed beforehand, a version.
  experiments: ["flows", "approvals"],
  templates: ["approvals"],
  // Ranges and what differs are said by the same statistics as in experiments.
  dashboard: ["experiments"],
  // A segment asks what the workspace's rules for consent ask.
  audiences: ["contacts", "flows"],
  // A row of a file says what an identify says.
  imports: ["door"],
  // What an identify said is read once more by who read it first.
  explain: ["door"],
  // A backtest plays drafts under a workspace's rules, over profiles as "Why?" tells them.
  backtests: ["door", "explain", "flows", "settings"],
};

/** Folders of components that several screens show: a phone, a picture of a flow, the frame around every page and its bell. */
const sharedComponents = new Set([
  "ui",
  "phone",
  "app-shell",
  "session",
  "trpc-provider",
  "flow-gallery",
  "flow-thumbnail",
  "gate-checks",
  "flow-words",
  "rule-builder",
  "flow-file",
  "flow-canvas",
  "flow-bar",
  "flow-acts",
  "move-people",
  "flow-diff",
  "marked-text",
  "template-words",
  "approval-ask",
  "backtest",
  "message-figures",
  "counted-rows",
  "experiment-words",
  "experiment-plan",
  "try-on-phone",
  "test-send",
  "notifications",
]);

const purePackages = new Set(["zod", "temporal-polyfill"]);
/** Statistics also take the special functions of a library; what they need of the flow language is pure as well. */
const pureStatistics = /^server\/experiments\/statistics(\.ts$|\/)/;
const pureFiles = /^flow\/|^server\/experiments\/statistics(\.ts$|\/)/;

/** Imports go down, never up, never sideways between features (docs: who may import whom). */
export function checkLayers({ files }: SourceTree): Problem[] {
  return files.flatMap(({ path, imports }) =>
    imports.flatMap(({ specifier, target, isType, line }) => {
      const message = target === null ? refusePackage(path, specifier) : refuse(path, target, isType);
      return message ? [{ path, line, rule: "layers", message }] : [];
    }),
  );
}

function refusePackage(from: string, specifier: string): string | null {
  if (specifier === "<computed>" && !from.startsWith("scripts/"))
    return "imports something computed; no check can follow it";
  if (!pureFiles.test(from) || isTest(from) || purePackages.has(specifier)) return null;
  if (pureStatistics.test(from) && specifier.startsWith("@stdlib/")) return null;
  return `is pure and imports the package ${specifier}; only ${[...purePackages].join(" and ")} are allowed`;
}

function refuse(from: string, to: string, isType: boolean): string | null {
  // Tests and the tools at the top stand outside.
  if (isTest(from) || !from.includes("/")) return null;
  const [layer = ""] = from.split("/");
  const [target = ""] = to.split("/");
  if (pureFiles.test(from)) return pureFiles.test(to) ? null : `is pure and imports ${to}`;
  if (isTest(to)) return `imports the test file ${to}`;
  switch (layer) {
    case "app":
      return ["app", "components", "server", "flow", "messages"].includes(target)
        ? null
        : `a page imports ${to}; it goes through a router or caller of server/`;
    case "components":
      return refuseComponent(from, to, isType);
    case "server":
      return refuseServer(from, to);
    case "db":
      return refuseDatabase(from, target, to);
    default:
      return null;
  }
}

function refuseComponent(from: string, to: string, isType: boolean): string | null {
  const [target = "", folder = ""] = to.split("/");
  if (["flow", "messages"].includes(target)) return null;
  if (target === "server")
    return isType ? null : `a component imports ${to}; of server/ only \`import type\` is allowed`;
  if (target !== "components") return `a component imports ${to}`;
  const own = from.split("/")[1];
  if (own === "ui" && folder !== "ui") return `components/ui imports ${to}; it holds no domain word`;
  return folder === own || sharedComponents.has(folder) ? null : `a screen imports ${to} of another screen`;
}

function refuseDatabase(from: string, target: string, to: string): string | null {
  if (["db", "flow"].includes(target)) return null;
  // Seeds go through the verbs, so that they are as real as what people make.
  if (from.startsWith("db/seed/") && target === "server") return null;
  return `db/ imports ${to}, which lies above it`;
}

function refuseServer(from: string, to: string): string | null {
  const [target = ""] = to.split("/");
  if (["app", "components", "e2e", "bench", "scripts"].includes(target))
    return `the server imports ${to}, which lies above it`;
  if (/^server\/(channels|integrations)\//.test(from)) return refuseAdapter(from, to);
  if (target !== "server") return null;
  const own = featureOf(from);
  const other = featureOf(to);
  if (own === null || other === null || own === other || serverGround.has(other)) return null;
  if (other === "sandbox") return `imports ${to}; the product talks to the sandbox only as it talks to a provider`;
  if (own === "sandbox") return `the sandbox imports ${to}; it stands for a foreign service`;
  // The hosts stand above the features; the verbs below may only hand them work.
  if (["door", "engine", "web"].includes(own)) return null;
  if (engineEntrances.has(to) || allowedNeighbours[own]?.includes(other)) return null;
  return `the feature ${own} imports ${to} of the feature ${other}`;
}

/** One provider's folder knows the port and nothing of its siblings. */
function refuseAdapter(from: string, to: string): string | null {
  const [, kind = "", folder = "", ...deeper] = from.split("/");
  if (to.startsWith("db/")) return deeper.length > 0 ? `an adapter imports ${to}; it keeps nothing` : null;
  if (!to.startsWith("server/")) return null;
  const [, otherKind = "", otherFolder = "", ...otherDeeper] = to.split("/");
  const isPort = otherKind === kind && otherDeeper.length === 0;
  if (featureOf(to) === null || isPort || deeper.length === 0) return null;
  return otherKind === kind && otherFolder === folder ? null : `an adapter imports ${to}; it knows the port only`;
}

/** The folder of server/ that a file lies in; null for the files at its top, which belong to all. */
function featureOf(file: string): string | null {
  const [layer, folder, ...rest] = file.split("/");
  return layer === "server" && folder !== undefined && rest.length > 0 ? folder : null;
}
