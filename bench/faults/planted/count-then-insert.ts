import { plant } from "./plant.ts";

// The cap as one would write it first: the gate looks whether there is room, and later the counter goes up. Two workers look at the
// same moment. That a person's messages leave one after the other would hide it, so this is taken away as well.
plant("server/engine/dispatch/consume-cap.ts", [
  [
    `where (
      select k.used < least(w.cap_per_day, ($2::jsonb ->> (k.contact_id || ' ' || k.day))::smallint) and (w.cap_per_window is null or k.used + (
        select coalesce(sum(e.used), 0) from cap_counter e
        where e.workspace_id = k.workspace_id and e.contact_id = k.contact_id and e.day < k.day
          and e.day > to_char(k.day::date - w.cap_window_days, 'YYYY-MM-DD')
      ) < w.cap_per_window)
      from workspace w where w.id = k.workspace_id
    )`,
    "where $2::jsonb is not null",
  ],
  ["where cap > 0", "where pg_sleep(0.005) is not null and cap > 0"],
]);
plant("server/engine/dispatch/pair-pace.ts", [
  [
    "  const refused = new Map<string, PairRefusal>();",
    "  if (requests.length >= 0) return new Map();\n  const refused = new Map<string, PairRefusal>();",
  ],
]);
