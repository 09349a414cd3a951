import { allowed, router } from "#server/trpc.ts";
import { ListPeople, listPeople } from "./list-people.ts";
import { ReadLive, readLive } from "./read-live.ts";
import { ReadStep, readStep } from "./read-step.ts";
import { ReadWay, readWay } from "./read-way.ts";

export const liveRouter = router({
  counts: allowed("see-flows")
    .input(ReadLive)
    .query(({ ctx, input }) => readLive(ctx, input)),
  step: allowed("see-flows")
    .input(ReadStep)
    .query(({ ctx, input }) => readStep(ctx, input)),
  people: allowed("see-contacts")
    .input(ListPeople)
    .query(({ ctx, input }) => listPeople(ctx, input)),
  way: allowed("see-contacts")
    .input(ReadWay)
    .query(({ ctx, input }) => readWay(ctx, input)),
});
