import type { Binding, Fallback } from "../binding.ts";
import { FlowSettings, type Graph, type GraphEdge, type GraphNode } from "../graph.ts";
import type { JsonObject } from "../json.ts";
import type { TemplateCategory, TemplateContent, TemplateInfo } from "../template.ts";

export type StarterTemplate = {
  name: string;
  category: TemplateCategory;
  samples: Record<string, string>;
  languages: TemplateContent[];
};

export type StarterLanguage = "en" | "fr";

/** Takes, of the same words in each language of the screens, those in which a flow is being drawn. */
export type Say = (en: string, fr: string) => string;

/** A use case that works out of the box. Its name and promise are texts under `starters.<id>`. */
export type Starter = {
  id: string;
  category: "onboarding" | "lending" | "accounts" | "security" | "service";
  /** In English; `localizeStarter` answers it in the maker's language. */
  graph: Graph;
  /** The same drawing in any language: only the words for makers and agents differ (titles, branches, notes, reasons). */
  draw: (say: Say) => Graph;
  /** Its messages, as drafts: a workspace that takes the starter submits them under its own name. */
  templates: TemplateInfo[];
  /** An event that starts it, with properties as a core-banking system would send them. */
  sampleEvent: { name: string; properties: JsonObject };
};

export const defineStarter = (starter: Omit<Starter, "graph">): Starter => ({
  ...starter,
  graph: starter.draw((en) => en),
});

/** The starter with the words of its steps in this language. A flow made of it keeps them: they are the maker's to change. */
export const localizeStarter = (starter: Starter, language: StarterLanguage): Starter => ({
  ...starter,
  graph: language === "fr" ? starter.draw((_, fr) => fr) : starter.graph,
});

/** The texts of a starter as templates nobody has submitted yet. */
export const asDrafts = (templates: StarterTemplate[]): TemplateInfo[] =>
  templates.map((template) => ({
    ...template,
    languages: template.languages.map((language) => ({ ...language, status: "draft" })),
  }));

type Edge = readonly [source: string, handle: string, target: string];

/** Puts a graph together from nodes and edges written as [source, handle, target]. */
export function drawGraph(settings: Partial<FlowSettings>, nodes: GraphNode[], edges: readonly Edge[]): Graph {
  const drawn: GraphEdge[] = edges.map(([source, sourceHandle, target]) => ({
    id: `${source}-${sourceHandle}`,
    source,
    sourceHandle,
    target,
  }));
  return { schemaVersion: 1, nodes, edges: drawn, settings: FlowSettings.parse(settings) };
}

/** One node. `column` and `y` place its top left corner: columns are 340 apart, the main path is column 0. */
export const step = (
  id: string,
  type: string,
  [column, y]: readonly [number, number],
  data: Record<string, unknown>,
  title?: string,
): GraphNode => ({
  id,
  type,
  ...(title ? { title } : {}),
  position: { x: column * 340, y },
  data,
});

/**
 * How many columns aside a step stands right below an outcome: of two outcomes the right one (1) or the left one (-1), each a
 * quarter of the card (260 wide) from its middle. `under(2)` is below the right outcome of what stands under(1).
 */
export const under = (outcomes: number): number => (outcomes * 65) / 340;

/** A blank filled from contact or event, written as plain text. */
export const from = (path: string, fallback: Fallback = null): Binding => ({
  from: "path",
  path,
  format: { kind: "text" },
  fallback,
});

/** An amount in minor units with its currency beside it in the event. */
export const money = (path: string): Binding => ({
  from: "path",
  path,
  format: { kind: "money", currencyPath: "event.currency" },
  fallback: null,
});

export const day = (path: string): Binding => ({
  from: "path",
  path,
  format: { kind: "date", style: "long" },
  fallback: null,
});

/** The customer's first name. The texts greet with it ("Hello there,", "Bonjour cher client,"), so that the fallback reads well. */
export const firstName = from("contact.firstName", { en: "there", fr: "cher client" });

/** Where a payment was made, as in "at a shop", "chez un commerçant". */
export const merchant = from("event.merchant", { en: "a shop", fr: "un commerçant" });

/** A call to the bank's own system that blocks the card of the event. The address is the bank's to fill in. */
export const blockCard = {
  method: "POST",
  url: "https://core-banking.example/cards/block",
  headers: {},
  body: { customerId: "contact.id", cardLast4: "event.cardLast4", transactionId: "event.transactionId" },
  timeoutSeconds: 10,
  mapping: {},
};
