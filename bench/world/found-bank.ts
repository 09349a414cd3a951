import { eq } from "drizzle-orm";
import { approvalRules, member, user } from "#db/schema/index.ts";
import { seedDemoWorkspace } from "#db/seed/seed-workspace.ts";
import { usualPlan } from "#flow/experiment-plan.ts";
import type { TemplateInfo } from "#flow/template.ts";
import { ApprovalRules } from "#server/approvals/approval-rules.ts";
import type { Role } from "#server/auth/permissions.ts";
import { connectSandbox } from "#server/demo/connect-sandbox.ts";
import { type BankFlow, questionHours } from "#server/demo/world/flows.ts";
import { newId } from "#server/id.ts";
import { appRouter } from "#server/router.ts";
import type { Stage } from "./stage.ts";

export type Caller = ReturnType<typeof appRouter.createCaller>;
export type Bank = { workspaceId: string; as: Record<"owner" | "maker" | "checker" | "agent", Caller> };

/** The bank as it was before the first customer: a workspace with people, keys and a number; nothing is drawn yet. */
export async function foundBank(stage: Stage): Promise<Bank> {
  const { workspaceId, ownerId } = await stage.db.transaction((tx) =>
    seedDemoWorkspace(tx, stage.env, stage.clock.now(), {
      name: "Banco Cóndor",
      timezone: "America/Bogota",
      language: "es",
      currency: "COP",
    }),
  );
  await stage.db
    .insert(approvalRules)
    .values({ workspaceId, rules: ApprovalRules.parse({}), updatedBy: ownerId, updatedAt: stage.clock.now() });
  const people = await stage.db
    .select({ id: user.id, name: user.name, email: user.email, role: member.role })
    .from(member)
    .innerJoin(user, eq(user.id, member.userId))
    .where(eq(member.workspaceId, workspaceId));
  const as = (role: Role): Caller => {
    const person = people.find((one) => one.role === role);
    if (!person) throw new Error(`Nobody of the bank is ${role}.`);
    const session = {
      userId: person.id,
      name: person.name,
      email: person.email,
      language: "en" as const,
      workspaceId,
      role,
      signIn: { sessionId: newId(), hasSecondFactor: false, confirmedAt: null },
    };
    return appRouter.createCaller({ db: stage.db, env: stage.env, clock: stage.clock, session });
  };
  return { workspaceId, as: { owner: as("owner"), maker: as("maker"), checker: as("checker"), agent: as("agent") } };
}

/** Introduces bank and sandbox to each other; the door has to be up. */
export async function connectBank(stage: Stage, { workspaceId }: Bank): Promise<void> {
  if (!(await connectSandbox(stage.db, stage.env, workspaceId))) throw new Error("The bank has no number.");
}

/** The maker draws each flow with its messages and asks; the checker approves: what was asked for goes to WhatsApp, then live. */
export async function bringLive(bank: Bank, flows: readonly BankFlow[]): Promise<void> {
  const { owner, maker, checker } = bank.as;
  const { policy } = await owner.settings.read();
  await owner.settings.save({ ...policy, quietHours: { from: "21:00", to: "08:00" } });
  const templates = new Map(flows.flatMap((flow) => flow.templates).map((one) => [one.name, one]));
  for (const template of templates.values()) await bringTemplate(bank, template);
  const { metric: questions } = await maker.experiments.makeMetric({
    ...{ name: "Statement questions", event: "question.asked", measure: "count", path: null, isLowerBetter: true },
    ...{ rule: { path: "event.topic", op: "eq", value: "statement" }, windowHours: questionHours },
  });
  for (const { name, why, graph, experiments } of flows) {
    const { flowId } = await maker.flows.create({ name });
    const { revision } = await maker.flows.saveDraft({ flowId, revision: 1, graph });
    for (const { key, measure, ...wished } of experiments) {
      const primary =
        measure === "conversion"
          ? { metric: "conversion", windowHours: 168 }
          : { metric: questions, windowHours: questionHours };
      const kind = graph.settings.holdout?.salt === key ? "holdout" : "split";
      await maker.experiments.plan({ flowId, key, plan: { ...usualPlan(primary, kind), ...wished, days: 21 } });
    }
    const { approvalId } = await maker.approvals.askForFlow({ flowId, revision, why });
    const { version } = await checker.approvals.decide({ approvalId, verdict: "approve" });
    if (version === null) throw new Error(`${name} is not live after its approval.`);
  }
}

async function bringTemplate({ as: { maker, checker } }: Bank, template: TemplateInfo): Promise<void> {
  const { name, category, samples } = template;
  const languages = template.languages.map(({ status: _, ...content }) => content);
  const { templateId } = await maker.templates.create({
    name,
    category,
    languages: languages.map((one) => one.language),
  });
  const { updatedAt } = await maker.templates.get({ templateId });
  const { savedAt } = await maker.templates.save({ templateId, seenAt: updatedAt, category, samples, languages });
  const why = "A message of the flow that is to go live next.";
  const { approvalId } = await maker.approvals.askForTemplate({ templateId, seenAt: savedAt, why });
  const { notSubmitted } = await checker.approvals.decide({ approvalId, verdict: "approve" });
  if (notSubmitted) throw new Error(`${name} was not submitted: ${notSubmitted}`);
}
