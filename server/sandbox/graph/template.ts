import type { JsonObject } from "#flow/json.ts";
import { authenticationTexts } from "./template-authentication-texts.ts";

/** Meta's words for a template's status (section 4.2). */
export type TemplateStatus =
  | "PENDING"
  | "APPROVED"
  | "REJECTED"
  | "PAUSED"
  | "DISABLED"
  | "IN_APPEAL"
  | "PENDING_DELETION"
  | "LIMIT_EXCEEDED"
  | "ARCHIVED";

export type Template = {
  id: string;
  name: string;
  language: string;
  category: "MARKETING" | "UTILITY" | "AUTHENTICATION";
  status: TemplateStatus;
  parameterFormat: "POSITIONAL" | "NAMED";
  components: JsonObject[];
  qualityScore: "GREEN" | "YELLOW" | "RED" | "UNKNOWN";
  rejectedReason: string;
  ttlSeconds: number | null;
  changedAt: number;
  /** When it was edited while approved: Meta allows one a day and ten a month. */
  approvedEditsAt: number[];
  createdAt?: number;
  /** While it is PENDING: the reason the review will turn it down for; absent: it will be approved. */
  verdict?: string;
  rejection?: { reason: string; recommendation: string };
  previousCategory?: Template["category"];
  /** Announced: what the category will be, and from when on. */
  correctCategory?: { category: Template["category"]; at: number };
  /** How often low quality has paused it; the third time disables it. */
  pauses?: number;
  /** When a pause ends by itself. */
  pausedUntil?: number;
  /** When it was deleted while messages were still under way. */
  deletedAt?: number;
  wasApproved?: boolean;
  libraryName?: string;
  subCategory?: string;
  isLinkTrackingOff?: boolean;
};

export const templateKey = (template: { name: string; language: string }): string =>
  `${template.name}|${template.language}`;

/** What a send must bring for this template, read out of its components once. */
export type TemplatePlan = {
  header: { format: string; text: string; variables: string[] } | null;
  body: { text: string; variables: string[] };
  footer: string | null;
  buttons: PlannedButton[];
};

export type PlannedButton = { type: string; text: string; url: string; needsSuffix: boolean; phone: string };

const plans = new WeakMap<Template, TemplatePlan>();

/** The variables of a text in order of first appearance: "1" or "first_name". */
export const variablesOf = (text: string): string[] => [
  ...new Set([...text.matchAll(/\{\{\s*([^{}]*?)\s*\}\}/g)].map((match) => match[1] ?? "")),
];

/** Replaces variables once; a value that contains braces is not expanded again. */
export const fillVariables = (text: string, values: ReadonlyMap<string, string>): string =>
  text.replace(/\{\{\s*([^{}]*?)\s*\}\}/g, (whole, name: string) => values.get(name) ?? whole);

export function planOf(template: Template): TemplatePlan {
  const known = plans.get(template);
  if (known) return known;
  const header = componentOf(template, "HEADER");
  const bodyText = textOf(componentOf(template, "BODY")?.text);
  const headerText = textOf(header?.text);
  const plan: TemplatePlan = {
    header: header
      ? { format: textOf(header.format).toUpperCase() || "TEXT", text: headerText, variables: variablesOf(headerText) }
      : null,
    body: {
      text: bodyText || authenticationBody(template),
      variables: variablesOf(bodyText || authenticationBody(template)),
    },
    footer: footerOf(template),
    buttons: buttonsOf(template),
  };
  plans.set(template, plan);
  return plan;
}

const componentOf = (template: Template, type: string): JsonObject | undefined =>
  template.components.find((component) => component.type === type);

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

// Authentication bodies are Meta's preset text; the code is their only variable.
const authenticationBody = (template: Template): string =>
  template.category === "AUTHENTICATION"
    ? authenticationTexts(template.language).body(componentOf(template, "BODY")?.add_security_recommendation === true)
    : "";

function footerOf(template: Template): string | null {
  const footer = componentOf(template, "FOOTER");
  if (!footer) return null;
  if (typeof footer.code_expiration_minutes === "number")
    return authenticationTexts(template.language).footer(footer.code_expiration_minutes);
  return textOf(footer.text) || null;
}

function buttonsOf(template: Template): PlannedButton[] {
  const list = componentOf(template, "BUTTONS")?.buttons;
  if (!Array.isArray(list)) return [];
  return list.flatMap((button) => {
    if (button === null || typeof button !== "object" || Array.isArray(button)) return [];
    const type = textOf(button.type).toUpperCase();
    const url = textOf(button.url);
    return [
      {
        type,
        text: textOf(button.text) || defaultLabel(type),
        url,
        needsSuffix: type === "OTP" || url.includes("{{"),
        phone: textOf(button.phone_number),
      },
    ];
  });
}

const labels: Record<string, string> = {
  COPY_CODE: "Copy code",
  OTP: "Copy code",
  REQUEST_CONTACT_INFO: "Share contact info",
};
const defaultLabel = (type: string): string => labels[type] ?? type;
