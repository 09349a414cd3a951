import { plant } from "./plant.ts";

// A queue as one would write it first: what a dead worker had claimed is simply claimed again, and nobody asks whose it is.
plant("server/engine/dispatch/reconcile.ts", [
  [
    "set status = 'unknown', claimed_by = null, lease_until = now() + make_interval(secs => $1)",
    "set status = 'queued', claimed_by = null, lease_until = null::timestamptz + make_interval(secs => $1)",
  ],
  ["set status = 'unknown', reason = 'unknown-outcome',", "set status = 'queued', reason = null,"],
]);
plant("server/engine/lease.ts", [["if (held?.rowCount === 1) return;", "if (held?.rowCount !== -1) return;"]]);
