import type { CompiledFlow } from "#flow/compile.ts";
import type { AssignmentBook } from "./assignment-book.ts";
import type { LiveFlow } from "./flow-cache.ts";
import type { History } from "./history.ts";
import type { LiveEnrollment, Person } from "./load-people.ts";
import type { Outcome } from "./outcome.ts";
import type { FollowUp } from "./run-flows.ts";

/** All that a batch needs to know, loaded before anything moves. */
export type Loaded = {
  people: ReadonlyMap<string, Person>;
  enrollments: readonly LiveEnrollment[];
  flows: readonly LiveFlow[];
  compiled: (versionId: string) => CompiledFlow | null;
  history: History;
  /** Where these people stand in the experiments of their flows. */
  assignments: AssignmentBook;
  /** People whom an agent is dealing with: what they write starts no flow. */
  attended: ReadonlySet<string>;
  /** Enrollments (openedKey) that events of this batch have opened before. */
  opened: ReadonlySet<string>;
  now: number;
};

/** A batch while it is worked through in memory. */
export type Batch = Loaded & {
  /** Which flows an event may open. */
  opens: ReadonlyMap<string, LiveFlow[]>;
  byContact: Map<string, LiveEnrollment[]>;
  /** What one enrollment has other ones do, still to be done for the person in hand. */
  followUps: FollowUp[];
  outcome: Outcome;
};

/** A person's enrollments that can hear something, in the order in which they came. */
export function enrollmentsOf(batch: Pick<Batch, "byContact">, contactId: string): LiveEnrollment[] {
  const known = batch.byContact.get(contactId);
  if (known) return known;
  const none: LiveEnrollment[] = [];
  batch.byContact.set(contactId, none);
  return none;
}
