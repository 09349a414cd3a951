import { collectDefaultMetrics, Registry } from "prom-client";

/** Memory, CPU, event loop and garbage collection of this process, under the names that everybody's dashboards know. */
export function processRegistry(process: string): Registry {
  const registry = new Registry();
  registry.setDefaultLabels({ process });
  collectDefaultMetrics({ register: registry });
  return registry;
}
