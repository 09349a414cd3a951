import { and, eq } from "drizzle-orm";
import type { z } from "zod";
import { optInForm } from "#db/schema/index.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { DomainError } from "../errors.ts";
import { newId } from "../id.ts";
import { randomCode } from "../secret.ts";
import type { Actor } from "../trpc.ts";
import type { ChangedForm, FormInput, FormState } from "./form-input.ts";

/** Of the address of a form: an opt-in link's is longer (server/door/opt-in). */
const codeLength = 10;

/** Makes a form with an address of its own, open at once. */
export async function createForm(actor: Actor, form: FormInput): Promise<{ id: string }> {
  const { db, session, clock } = actor;
  const id = newId();
  await db.transaction(async (tx) => {
    await tx.insert(optInForm).values({
      id,
      workspaceId: session.workspaceId,
      code: randomCode(codeLength),
      ...form,
      createdBy: session.userId,
      createdAt: clock.now(),
    });
    await recordAudit(tx, actor, { action: "create-opt-in-form", subject: "opt-in-form", subjectId: id, detail: form });
  });
  return { id };
}

/** Changes what a form says and asks. Who has signed up before agreed to what was there then: their words are kept with them. */
export async function changeForm(actor: Actor, { formId, form }: z.output<typeof ChangedForm>): Promise<{ ok: true }> {
  const { db, session } = actor;
  await db.transaction(async (tx) => {
    const own = and(eq(optInForm.id, formId), eq(optInForm.workspaceId, session.workspaceId));
    const changed = await tx.update(optInForm).set(form).where(own).returning({ id: optInForm.id });
    if (changed.length === 0) throw new DomainError("not-found", "This form is not in your workspace.");
    await recordAudit(tx, actor, {
      action: "change-opt-in-form",
      subject: "opt-in-form",
      subjectId: formId,
      detail: form,
    });
  });
  return { ok: true };
}

/** Closes a form, or opens it again: its address stays. */
export async function setFormState(
  actor: Actor,
  { formId, isOpen }: z.output<typeof FormState>,
): Promise<{ ok: true }> {
  const { db, session, clock } = actor;
  await db.transaction(async (tx) => {
    const own = and(eq(optInForm.id, formId), eq(optInForm.workspaceId, session.workspaceId));
    const closedAt = isOpen ? null : clock.now();
    const [changed] = await tx.update(optInForm).set({ closedAt }).where(own).returning({ name: optInForm.name });
    if (!changed) throw new DomainError("not-found", "This form is not in your workspace.");
    await recordAudit(tx, actor, {
      action: isOpen ? "open-opt-in-form" : "close-opt-in-form",
      subject: "opt-in-form",
      subjectId: formId,
      detail: { name: changed.name },
    });
  });
  return { ok: true };
}
