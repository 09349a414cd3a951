import { and, eq } from "drizzle-orm";
import type { Snapshot } from "#db/schema/approval.ts";
import {
  approval,
  approvalComment,
  approvalDecision,
  approvalRules,
  flow,
  template,
  templateLanguage,
} from "#db/schema/index.ts";
import type { DraftContent } from "#flow/lint-template.ts";
import type { starters } from "#flow/starters/index.ts";
import { ApprovalRules } from "#server/approvals/approval-rules.ts";
import { canonicalHash } from "#server/canonical-json.ts";
import { fixedId } from "./fixed-id.ts";
import type { Seed } from "./seed.ts";
import { flowIdOf } from "./seed-flows.ts";

const hourMs = 3_600_000;

/**
 * A queue to look at: the first version of a flow about money, with one of its two approvals, and a template that WhatsApp refused
 * once and whose new text waits. The demo's rules ask for two approvals where money is touched, and let its REST key publish.
 */
export async function seedApprovals(seed: Seed, all: typeof starters): Promise<void> {
  const { tx, workspaceId, ownerId, now } = seed;
  await tx.insert(approvalRules).values({
    workspaceId,
    rules: ApprovalRules.parse({ fraudOrMoney: 2, keysMayPublish: true }),
    updatedBy: ownerId,
    updatedAt: now,
  });
  const alert = all.find((starter) => starter.id === "transaction-alert");
  if (alert) await askForFlow(seed, alert);
  await askForTemplate(seed);
}

const personId = (email: string): string => fixedId(`user:${email}`);
const secondChecker = personId("second-checker@demo.test");
const checker = personId("checker@demo.test");

async function askForFlow(seed: Seed, { id: starterId, graph }: (typeof starters)[number]): Promise<void> {
  const { tx, workspaceId, makerId } = seed;
  const subjectId = flowIdOf(workspaceId, starterId);
  const id = fixedId(`approval:${workspaceId}:${starterId}`);
  const askedAt = hoursAgo(seed, 4);
  await tx
    .update(flow)
    .set({ status: "in-review" })
    .where(and(eq(flow.id, subjectId), eq(flow.status, "draft")));
  await tx.insert(approval).values({
    id,
    workspaceId,
    subject: "flow",
    subjectId,
    snapshot: { kind: "flow", name: "Transaction alert", graph },
    hash: canonicalHash(graph),
    version: 1,
    askedBy: makerId,
    authors: [makerId],
    why: "Customers call us to ask about payments that they do not recognise. With this they see each one at once and can stop the card.",
    needed: 2,
    askedAt,
  });
  const at = hoursAgo(seed, 2);
  await tx
    .insert(approvalDecision)
    .values({ approvalId: id, workspaceId, userId: secondChecker, verdict: "approve", at });
  await tx.insert(approvalComment).values({
    ...{ id: fixedId(`comment:${id}`), approvalId: id, workspaceId, userId: secondChecker, place: null, at },
    text: "Amount, shop and time are what the card terms let us say. Fine from the compliance side.",
  });
}

const name = "instalment_reminder";
const samples = {
  first_name: "Kofi",
  amount: "GH₵\u00a0640.00",
  due_date: "Friday 27 November",
  fee: "GH₵\u00a025.00",
};

const content = (language: string, texts: Omit<DraftContent, "language">): DraftContent => ({ language, ...texts });

const pay = (text: string) => ({ kind: "link" as const, id: "pay", text });
const reply = (id: string, text: string) => ({ kind: "quick-reply" as const, id, text });

const first: DraftContent[] = [
  content("en", {
    header: { kind: "text", text: "Payment reminder" },
    body: "Hello {{first_name}}, your instalment of *{{amount}}* is due on {{due_date}}. Please pay in time to avoid a fee of {{fee}}.",
    footer: "Banco Demo. Reply STOP to opt out",
    buttons: [pay("Pay now"), reply("remind", "Remind me")],
  }),
  content("fr", {
    header: { kind: "text", text: "Rappel de paiement" },
    body: "Bonjour {{first_name}}, votre échéance de *{{amount}}* est attendue le {{due_date}}. Merci de payer à temps pour éviter des frais de {{fee}}.",
    footer: "Banco Demo. Répondez STOP pour ne plus recevoir",
    buttons: [pay("Payer"), reply("remind", "Me le rappeler")],
  }),
];

const second: DraftContent[] = [
  content("en", {
    header: { kind: "text", text: "Your instalment is due soon" },
    body: "Hello {{first_name}}, your instalment of *{{amount}}* is due on {{due_date}}. Pay in two taps, or let us collect it for you each month.",
    footer: "Banco Demo. Reply STOP to opt out",
    buttons: [pay("Pay now"), reply("auto-pay", "Set up auto-pay")],
  }),
  content("fr", {
    header: { kind: "text", text: "Votre échéance approche" },
    body: "Bonjour {{first_name}}, votre échéance de *{{amount}}* est attendue le {{due_date}}. Payez en deux gestes, ou laissez-nous prélever chaque mois.",
    footer: "Banco Demo. Répondez STOP pour ne plus recevoir",
    buttons: [pay("Payer"), reply("auto-pay", "Prélèvement")],
  }),
];

async function askForTemplate(seed: Seed): Promise<void> {
  const { tx, workspaceId, makerId } = seed;
  const subjectId = fixedId(`template:${workspaceId}:${name}`);
  const updatedAt = hoursAgo(seed, 5);
  const { fee: _, ...left } = samples;
  await tx.insert(template).values({
    id: subjectId,
    workspaceId,
    name,
    category: "utility",
    samples: left,
    updatedBy: makerId,
    updatedAt,
    createdAt: hoursAgo(seed, 200),
  });
  await tx
    .insert(templateLanguage)
    .values(
      second.map((text) => ({ ...text, templateId: subjectId, workspaceId, status: "in-review" as const, updatedAt })),
    );
  const snapshot = (languages: DraftContent[], values: Record<string, string>): Snapshot => ({
    kind: "template",
    name,
    category: "utility",
    samples: values,
    languages,
  });
  const old = snapshot(first, samples);
  const asked = {
    workspaceId,
    subject: "template" as const,
    subjectId,
    askedBy: makerId,
    authors: [makerId],
    needed: 1,
  };
  const firstId = fixedId(`approval:${subjectId}:1`);
  await tx.insert(approval).values({
    ...asked,
    id: firstId,
    snapshot: old,
    hash: canonicalHash(old),
    version: 1,
    state: "approved",
    why: "One in three late payers had asked to be reminded and then forgot.",
    askedAt: hoursAgo(seed, 190),
    closedAt: hoursAgo(seed, 180),
  });
  await tx
    .insert(approvalDecision)
    .values({ approvalId: firstId, workspaceId, userId: checker, verdict: "approve", at: hoursAgo(seed, 180) });
  const current = snapshot(second, left);
  await tx.insert(approval).values({
    ...{ ...asked, id: fixedId(`approval:${subjectId}:2`), snapshot: current, hash: canonicalHash(current) },
    ...{ before: old, beforeVersion: 1, version: 2 },
    why: "WhatsApp took the fee for a threat and refused the text. We would rather offer auto-pay, and stop naming the fee.",
    askedAt: hoursAgo(seed, 5),
  });
}

const hoursAgo = ({ now }: Seed, hours: number): Date => new Date(now.getTime() - hours * hourMs);
