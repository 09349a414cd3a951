import autocannon from "autocannon";
import type { LoadOptions } from "./keep-busy.ts";
import { eventText } from "./kinds.ts";
import type { OrdinaryLoad } from "./send-with-autocannon.ts";

/** Sends one load with autocannon, from a process of its own as a load tool is used, and prints what it saw. */
const { port, path, key, connections, seconds } = JSON.parse(process.argv[2] ?? "{}") as Omit<LoadOptions, "body">;
const before = process.cpuUsage();
const seen = await autocannon({
  url: `http://127.0.0.1:${port}${path}`,
  method: "POST",
  connections,
  duration: seconds,
  headers: { authorization: `Basic ${Buffer.from(`${key}:`).toString("base64")}`, "content-type": "application/json" },
  requests: [{ setupRequest: (request) => ({ ...request, body: eventText() }) }],
});
const { user, system } = process.cpuUsage(before);
const load: OrdinaryLoad = {
  answers: seen["2xx"],
  failures: seen.non2xx + seen.errors + seen.timeouts,
  seconds: seen.duration,
  p50Ms: seen.latency.p50,
  p99Ms: seen.latency.p99,
  cpuUs: user + system,
};
process.stdout.write(JSON.stringify(load));
