import { csatContent } from "#flow/csat.ts";
import type { Graph, GraphNode } from "#flow/graph.ts";
import { starters } from "#flow/starters/index.ts";
import type { Starter } from "#flow/starters/starter.ts";
import type { TemplateInfo } from "#flow/template.ts";
import { drawChatbot } from "./chatbot.ts";
import { design } from "./design.ts";
import { inBanksWords } from "./templates.ts";

/** A flow of the bank: what its maker draws, and why the checkers shall let it go live. */
export type BankFlow = {
  name: string;
  why: string;
  graph: Graph;
  templates: TemplateInfo[];
  experiments: BankExperiment[];
};

/** What is to be learned, promised before the flow goes live. `measure`: conversions, or the questions about the statement. */
export type BankExperiment = {
  key: string;
  hypothesis: string;
  measure: "conversion" | "statement-questions";
  baseRate: number;
  lift: number;
  /** Of all arms together. */
  people: number;
};

/** So long after the statement questions are counted: until everybody has come to theirs. */
export const questionHours = 600;

/** The flows of the world: the starters as this bank takes them. `coreBankingUrl` answers questions about accounts. */
export const bankFlows = (coreBankingUrl: string): BankFlow[] => [
  {
    ...taken("kyc-reminder"),
    name: "KYC reminder",
    why: "Four in ten new customers never send their documents. Two reminders, and one in five gets none so that we see what they bring.",
    graph: heldOut(starterOf("kyc-reminder").graph, design.kyc.heldOutPercent, "kyc-reminder"),
    experiments: [
      {
        key: "kyc-reminder",
        hypothesis: "Two reminders bring six in ten documents to more than eight.",
        measure: "conversion",
        baseRate: 0.6,
        lift: 0.2,
        people: 1_000,
      },
    ],
  },
  {
    ...taken("loan-pre-approval"),
    name: "Loan pre-approval",
    why: "Which call to action brings more applications, and what the offer brings at all against people who get none.",
    graph: heldOut(starterOf("loan-pre-approval").graph, design.loan.heldOutPercent, "loan-pre-approval"),
    experiments: [
      {
        key: "loan-call-to-action",
        hypothesis: "To get a loan sounds nearer than to apply for one: a fifth more applications.",
        measure: "conversion",
        baseRate: 0.04,
        lift: 0.2,
        people: 20_634,
      },
      {
        key: "loan-pre-approval",
        hypothesis: "Twice as many apply as without an offer.",
        measure: "conversion",
        baseRate: 0.02,
        lift: 1,
        people: 12_000,
      },
    ],
  },
  {
    ...taken("account-update"),
    name: "Monthly statement",
    why: "Every third customer asks us for the statement. Sent as a PDF on the day it is ready, most need not ask.",
    graph: heldOut(
      withoutEdges(starterOf("account-update").graph, ["statement-replied", "breakdown-replied"]),
      design.statement.heldOutPercent,
      "monthly-statement",
    ),
    experiments: [
      {
        key: "monthly-statement",
        hypothesis: "Whoever has the statement on the phone asks for it less than half as often.",
        measure: "statement-questions",
        baseRate: 0.3,
        lift: 0.5,
        people: 2_000,
      },
    ],
  },
  {
    name: "Chatbot",
    why: "Balance, instalment and statement are answered at once; one button leads to a person.",
    graph: drawChatbot(coreBankingUrl),
    templates: [],
    experiments: [],
  },
  {
    ...taken("csat-and-tips"),
    name: "CSAT and tips",
    why: "We ask how it was after each conversation, and call back whoever was not helped.",
    experiments: [],
    graph: askedInBanksLanguages(withoutEdges(starterOf("csat-and-tips").graph, ["tip-replied"])),
  },
];

function starterOf(id: string): Starter {
  const starter = starters.find((one) => one.id === id);
  if (!starter) throw new Error(`There is no starter ${id}.`);
  return starter;
}

const taken = (id: string) => ({ templates: starterOf(id).templates.map(inBanksWords) });

const heldOut = (graph: Graph, percent: number, salt: string): Graph => ({
  ...graph,
  settings: { ...graph.settings, holdout: { percent, salt } },
});

/** What people write to these messages is for the chatbot; a step that nothing leads to any more goes, too. */
function withoutEdges(graph: Graph, ids: readonly string[]): Graph {
  const edges = graph.edges.filter(({ id }) => !ids.includes(id));
  const isReached = ({ id, type }: GraphNode) =>
    type.startsWith("trigger") || edges.some(({ target }) => target === id);
  return { ...graph, edges, nodes: graph.nodes.filter(isReached) };
}

const askedInBanksLanguages = (graph: Graph): Graph => ({
  ...graph,
  nodes: graph.nodes.map((node) =>
    node.type === "csat"
      ? {
          ...node,
          data: { ...node.data, contents: [csatContent("es", "list"), csatContent("pt_BR", "list")], values: {} },
        }
      : node,
  ),
});
