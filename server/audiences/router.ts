import { allowed, router } from "../trpc.ts";
import { archiveSegment, restoreSegment } from "./archive-segment.ts";
import { broadcastVerb, ChangeBroadcast } from "./change-broadcast.ts";
import { CountRule, countRule } from "./count-rule.ts";
import { GetSegment, getSegment } from "./get-segment.ts";
import { listBroadcasts } from "./list-broadcasts.ts";
import { listSegments } from "./list-segments.ts";
import { ReadReach, readReach } from "./read-reach.ts";
import { SamplePeople, samplePeople } from "./sample-people.ts";
import { SaveSegment, saveSegment } from "./save-segment.ts";
import { sendToSegment } from "./send-to-segment.ts";

const changeBroadcast = (act: Parameters<typeof broadcastVerb>[0]) => {
  const verb = broadcastVerb(act);
  return allowed("pause-flows")
    .input(ChangeBroadcast)
    .mutation(({ ctx, input }) => verb(ctx, input));
};

export const audiencesRouter = router({
  countRule: allowed("see-audiences")
    .input(CountRule)
    .query(({ ctx, input, signal }) => countRule(ctx, input, signal)),
  reach: allowed("see-audiences")
    .input(ReadReach)
    .query(({ ctx, input }) => readReach(ctx, input)),
  sample: allowed("see-audiences")
    .input(SamplePeople)
    .query(({ ctx, input }) => samplePeople(ctx, input)),
  list: allowed("see-audiences").query(({ ctx }) => listSegments(ctx)),
  get: allowed("see-audiences")
    .input(GetSegment)
    .query(({ ctx, input }) => getSegment(ctx, input)),
  save: allowed("edit-audiences")
    .input(SaveSegment)
    .mutation(({ ctx, input }) => saveSegment(ctx, input)),
  archive: allowed("edit-audiences")
    .input(GetSegment)
    .mutation(({ ctx, input }) => archiveSegment(ctx, input)),
  restore: allowed("edit-audiences")
    .input(GetSegment)
    .mutation(({ ctx, input }) => restoreSegment(ctx, input)),
  sendTo: allowed("edit-flows")
    .input(GetSegment)
    .mutation(({ ctx, input }) => sendToSegment(ctx, input)),
  broadcasts: allowed("see-audiences").query(({ ctx }) => listBroadcasts(ctx)),
  pauseBroadcast: changeBroadcast("pause-broadcast"),
  resumeBroadcast: changeBroadcast("resume-broadcast"),
  stopBroadcast: changeBroadcast("stop-broadcast"),
});
