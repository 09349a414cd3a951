import { setTimeout as delay } from "node:timers/promises";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { FaultStack } from "../stack/fault-stack.ts";

/**
 * Somebody of the bank who changes things all the while: what they were told is done must be in the audit chain. A change whose
 * answer was lost is looked up before it is counted, as a person would look at their screen.
 */
export class Auditor {
  written = 0;
  #isStopping = false;
  #ended: Promise<void> = Promise.resolve();

  start(stack: FaultStack, workspaceId: string): void {
    this.#ended = this.#run(stack, workspaceId);
  }

  /** Resolves when the last change is over. */
  stop(): Promise<void> {
    this.#isStopping = true;
    return this.#ended;
  }

  async #run(stack: FaultStack, workspaceId: string): Promise<void> {
    for (let number = 1; !this.#isStopping; number += 1) {
      await this.#write(stack, workspaceId, `change-${number}`);
      await delay(200);
    }
  }

  async #write(stack: FaultStack, workspaceId: string, subjectId: string): Promise<void> {
    const by = { clock: { now: () => new Date() }, actor: "system" as const, workspaceId };
    const entry = { action: "save-flow", subject: "flow", subjectId, detail: {} };
    while (!this.#isStopping || this.written === 0) {
      try {
        const isThere = await stack.count("select count(*) as n from audit where subject_id = $1", [subjectId]);
        if (isThere === 0) await stack.db.transaction((tx) => recordAudit(tx, by, entry));
        this.written += 1;
        return;
      } catch {
        await delay(200);
      }
    }
  }
}
