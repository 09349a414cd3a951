import { plant } from "./plant.ts";

// The cap as one would write it first: the gate looks whether there is room, and later the counter goes up. Two workers look at the
// same moment. That a person's messages leave one after the other would hide it, so this is taken away as well.
plant("server/engine/dispatch/consume-cap.ts", [
  [
    `where k.used < (
      select w.cap_per_day from workspace w where w.id = k.workspace_id
    )`,
    "",
  ],
  ["where cap > 0", "where cap > 0 and pg_sleep(0.005) is not null"],
]);
plant("server/engine/dispatch/pair-pace.ts", [
  [
    "  const refused = new Map<string, PairRefusal>();",
    "  if (requests.length >= 0) return new Map();\n  const refused = new Map<string, PairRefusal>();",
  ],
]);
