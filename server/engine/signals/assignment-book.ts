import type pg from "pg";
import { bare, text } from "#db/array-text.ts";
import type { Standing, Standings } from "#flow/experiment.ts";
import { noStandings } from "#flow/run-steps.ts";
import { query, type Statement } from "../query.ts";
import { iso } from "./iso.ts";
import type { LiveEnrollment } from "./load-people.ts";

/**
 * A flow's experiments, each with the weights in force and the arms of these people: one look-up in the primary key per person and
 * experiment. One that is over still says who was in which arm, so that nobody changes sides while its split stands.
 */
const readExperiments: Statement = {
  name: "signals-experiments",
  text: `
    select e.id, e.flow_id, e.key, e.state = 'running' as is_running, w.id as weights_id, w.weights,
           (select json_object_agg(a.contact_id, a.arm) from assignment a
            where a.experiment_id = e.id and a.contact_id = any($2::uuid[])) as arms
    from experiment e left join experiment_weights w on w.id = e.weights_id and e.state = 'running'
    where e.flow_id = any($1::uuid[]) and e.state <> 'draft'`,
};

/** Who is assigned already stays where they are, whoever was faster. */
const insertAssignments: Statement = {
  name: "write-assignments",
  text: `
    insert into assignment (experiment_id, contact_id, workspace_id, arm, enrollment_id, version_id, weights_id, at)
    select x.*, $8 from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::uuid[], $6::uuid[], $7::uuid[]) as x
    on conflict (experiment_id, contact_id) do nothing`,
};

const insertStrays: Statement = {
  name: "write-assignment-strays",
  text: `
    insert into assignment_stray (experiment_id, contact_id, arm, at)
    select x.*, $4 from unnest($1::uuid[], $2::uuid[], $3::text[]) as x
    on conflict (experiment_id, contact_id, arm) do nothing`,
};

type Live = {
  id: string;
  isRunning: boolean;
  weightsId: string | null;
  weights: Record<string, number> | null;
  arms: Map<string, string>;
};

type Assigned = { enrollment: LiveEnrollment; experiment: string; arm: string };
type NewAssignment = { live: Live; contactId: string; arm: string; enrollment: LiveEnrollment };

/** Who is in which arm, as loaded for a batch and as the batch goes on: whoever is assigned in it stays so in it. */
export class AssignmentBook {
  /** By flow, then by the experiment's key. */
  readonly #experiments = new Map<string, Map<string, Live>>();
  readonly #assigned: NewAssignment[] = [];
  readonly #strays: NewAssignment[] = [];

  /** Reads the experiments of these flows and where these people stand in them. */
  static async load(client: pg.ClientBase, flowIds: readonly string[], contactIds: string[]): Promise<AssignmentBook> {
    const book = new AssignmentBook();
    if (flowIds.length === 0) return book;
    for (const row of await query<ExperimentRow>(client, readExperiments, [flowIds, contactIds])) {
      const { id, is_running: isRunning, weights_id: weightsId, weights, arms } = row;
      const ofFlow = book.#experiments.get(row.flow_id) ?? new Map<string, Live>();
      ofFlow.set(row.key, { id, isRunning, weightsId, weights, arms: new Map(Object.entries(arms ?? {})) });
      book.#experiments.set(row.flow_id, ofFlow);
    }
    return book;
  }

  /** How a flow's experiments stand for a person. */
  standingsOf(flowId: string, contactId: string): Standings {
    const ofFlow = this.#experiments.get(flowId);
    if (!ofFlow) return noStandings;
    return new Map(
      [...ofFlow].map(([key, { arms, weights }]): [string, Standing] => [
        key,
        { arm: arms.get(contactId) ?? null, weights },
      ]),
    );
  }

  /** A step has said which arm a person takes. */
  assign({ enrollment, experiment, arm }: Assigned): void {
    const live = this.#experiments.get(enrollment.flowId)?.get(experiment);
    if (!live?.isRunning) return;
    const { contactId } = enrollment;
    const had = live.arms.get(contactId);
    if (had === arm) return;
    const row = { live, contactId, arm, enrollment };
    if (had !== undefined) {
      if (!this.#strays.some((one) => one.live === live && one.contactId === contactId && one.arm === arm))
        this.#strays.push(row);
      return;
    }
    live.arms.set(contactId, arm);
    this.#assigned.push(row);
  }

  async write(client: pg.ClientBase, now: number): Promise<void> {
    if (this.#assigned.length > 0) {
      const rows = this.#assigned;
      await query(client, insertAssignments, [
        bare(rows, ({ live }) => live.id),
        bare(rows, ({ contactId }) => contactId),
        bare(rows, ({ enrollment }) => enrollment.workspaceId),
        text(rows, ({ arm }) => arm),
        bare(rows, ({ enrollment }) => enrollment.id),
        bare(rows, ({ enrollment }) => enrollment.versionId),
        bare(rows, ({ live }) => (live.weights ? live.weightsId : null)),
        iso(now),
      ]);
    }
    if (this.#strays.length === 0) return;
    const strays = this.#strays;
    await query(client, insertStrays, [
      bare(strays, ({ live }) => live.id),
      bare(strays, ({ contactId }) => contactId),
      text(strays, ({ arm }) => arm),
      iso(now),
    ]);
  }
}

type ExperimentRow = {
  id: string;
  flow_id: string;
  key: string;
  is_running: boolean;
  weights_id: string | null;
  weights: Record<string, number> | null;
  arms: Record<string, string> | null;
};
