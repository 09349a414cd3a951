import type { Registry } from "prom-client";
import type { Database } from "#db/client.ts";
import packageJson from "../../package.json" with { type: "json" };
import type { Clock } from "../clock.ts";
import { type MetricFamily, type Sample, writeFamilies } from "./exposition.ts";
import { processRegistry } from "./process-metrics.ts";
import { isThere, readMetrics, timed } from "./read-metrics.ts";

const shared = globalThis as typeof globalThis & { chasquiRegistry?: Registry };

/**
 * What GET /api/metrics answers: the engine as the database knows it, and the web's own process. While the database is away it
 * still answers, with chasqui_database_up 0: a scrape that fails would say less.
 */
export async function webMetrics(db: Database, clock: () => Promise<Clock>): Promise<string> {
  shared.chasquiRegistry ??= processRegistry("web");
  const isUp = await isThere(db);
  const { result, seconds } = await timed(async () => (isUp ? readMetrics(db, (await clock()).now()) : []));
  const own: MetricFamily[] = [
    gauge("chasqui_build_info", "1, with the version.", { labels: { version: packageJson.version }, value: 1 }),
    gauge("chasqui_database_up", "1 when the database answers.", { value: isUp ? 1 : 0 }),
    gauge("chasqui_scrape_seconds", "How long reading these figures took.", { value: seconds }),
  ];
  return `${writeFamilies([...own, ...result])}\n${await shared.chasquiRegistry.metrics()}`;
}

const gauge = (name: string, help: string, sample: Sample): MetricFamily => ({
  name,
  help,
  type: "gauge",
  samples: [sample],
});
