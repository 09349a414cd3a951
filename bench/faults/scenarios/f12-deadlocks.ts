import { setTimeout as delay } from "node:timers/promises";
import { defineFault } from "../contract.ts";

const lastsMs = 8_000;
const tables = ["event", "signal_queue", "enrollment", "outbox", "message", "raw_webhook"];

const plant = `
  create sequence fault_raised;
  create function fault_raise() returns trigger language plpgsql as $$
  begin
    if random() < 0.05 then
      perform nextval('fault_raised');
      if random() < 0.5 then raise exception 'made up' using errcode = '40001'; end if;
      raise exception 'made up' using errcode = '40P01';
    end if;
    return null;
  end $$;`;

/** One statement in twenty fails as a deadlock or a serialization failure: retried, and nobody notices. */
export const deadlocks = defineFault({
  id: "F12",
  title: "40001 and 40P01 in 5 % of the statements",
  allows: { unknown: true, flaggedDuplicates: true },
  prepare: async ({ stack }) => {
    await stack.query(plant);
  },
  inject: async ({ stack, note }) => {
    for (const table of tables) {
      await stack.query(
        `create trigger fault_raise after insert or update or delete on ${table} for each statement execute function fault_raise()`,
      );
    }
    await delay(lastsMs);
    for (const table of tables) await stack.query(`drop trigger fault_raise on ${table}`);
    note("raised", await stack.count("select last_value as n from fault_raised"));
  },
});
