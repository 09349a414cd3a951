import { runBench } from "./measure/run-bench.ts";
import { measureChurn } from "./storage/churn.ts";
import { measureRetention } from "./storage/retention.ts";

// `npm run bench:storage`: what dead rows cost the claim of messages, and what it costs to forget a day of events.
await runBench("storage", async ({ database: { pool } }) => ({
  churn: await measureChurn(pool),
  retention: await measureRetention(pool),
}));
