import { showTable } from "../measure/tables.ts";
import { type BenchStack, until } from "./bench-stack.ts";

/** Rows inserted, updated and deleted by table. Partitions count as their table. */
export type RowsWritten = Map<string, readonly [inserted: number, updated: number, deleted: number]>;

/** What a run may differ by, as batches are cut differently and a slow machine has a message judged twice. */
const tolerance = 0.1;

/** Writes so far, once the processes that were measured are gone: a connection tells its figures at its end at the latest. */
export async function rowsWritten(stack: BenchStack): Promise<RowsWritten> {
  const { pool } = stack.database;
  const others = `select from pg_stat_activity where datname = current_database() and backend_type = 'client backend'
                  and application_name <> 'chasqui-bench'`;
  await until(async () => (await pool.query(others)).rowCount === 0, 20_000);
  const client = await pool.connect();
  try {
    await client.query("select pg_stat_force_next_flush()");
    const { rows } = await client.query<{ name: string; n: [number, number, number] }>(
      `select regexp_replace(relname, '_\\d{4}_\\d\\d_\\d\\d$', '') as name,
              array[sum(n_tup_ins), sum(n_tup_upd), sum(n_tup_del)]::float8[] as n
       from pg_stat_user_tables group by 1`,
    );
    return new Map(rows.map(({ name, n }) => [name, n]));
  } finally {
    client.release();
  }
}

/** What was written from one moment to the other. */
export const difference = (before: RowsWritten, after: RowsWritten): RowsWritten =>
  new Map(
    [...after].map(([name, [inserted, updated, deleted]]) => {
      const [i, u, d] = before.get(name) ?? [0, 0, 0];
      return [name, [inserted - i, updated - u, deleted - d]];
    }),
  );

/** Shows what both sides wrote for each run, and throws when it is not the same: then they cannot be compared. */
export function compareRows(engine: readonly RowsWritten[], prototype: readonly RowsWritten[], events: number): void {
  const each = (sides: readonly RowsWritten[], name: string, column: 0 | 1 | 2) =>
    sides.reduce((sum, rows) => sum + (rows.get(name)?.[column] ?? 0), 0) / (sides.length * events);
  const columns = [0, 1, 2] as const;
  const tables = [...new Set([...engine, ...prototype].flatMap((rows) => [...rows.keys()]))].toSorted();
  const lines = tables.map((name) => ({
    name,
    pairs: columns.map((column) => [each(engine, name, column), each(prototype, name, column)] as const),
  }));
  const shown = (value: number) => String(Math.round(value * 100) / 100);
  showTable("Rows written per run, engine and prototype", [
    ["table", "inserted", "updated", "deleted"],
    ...lines
      .filter(({ pairs }) => pairs.flat().some((value) => value >= 0.005))
      .map(({ name, pairs }) => [name, ...pairs.map(([ours, theirs]) => `${shown(ours)} / ${shown(theirs)}`)]),
  ]);
  const wrong = lines.filter(({ pairs }) => pairs.some(([ours, theirs]) => Math.abs(ours - theirs) > tolerance));
  if (wrong.length > 0) throw new Error(`The sides do not write the same rows: ${wrong.map(({ name }) => name)}`);
}
