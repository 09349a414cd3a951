import { setTimeout as delay } from "node:timers/promises";
import { defineFault } from "../contract.ts";

const rounds = 6;

/** An administrator, or a failing pooler, ends all sessions of the product again and again. */
export const endSessions = defineFault({
  id: "F6",
  title: "pg_terminate_backend of all sessions, six times",
  allows: { unknown: true, flaggedDuplicates: true },
  inject: async ({ stack, random, note }) => {
    let ended = 0;
    for (let round = 0; round < rounds; round += 1) {
      await delay(random.int(400, 1_200));
      for (const name of ["chasqui-worker%", "chasqui-door%"]) ended += await stack.postgres.endSessions(name);
    }
    note("sessions ended", ended);
  },
});
