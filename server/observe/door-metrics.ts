import { Counter, Gauge, Histogram, type Registry } from "prom-client";
import { processRegistry } from "./process-metrics.ts";

/** What a request wanted, few enough to be a label. */
export type DoorRoute = "events" | "rest" | "webhooks" | "links" | "uploads" | "opt-ins" | "media" | "other";

type Waiting = { events: () => number; webhooks: () => number };
type Children = { count: Counter.Internal; seconds: Histogram.Internal<string> };

/** The door's own counters, in its own process and at its own port: GET /metrics under the same key as the web's. */
export class DoorMetrics {
  readonly #registry: Registry = processRegistry("door");
  readonly #requests: Counter;
  readonly #seconds: Histogram;
  readonly #accepted: Counter.Internal;
  readonly #refused: Counter.Internal;
  /** Looked up once: finding a child by its labels costs more than counting. */
  readonly #children = new Map<string, Children>();

  constructor(waiting: Waiting) {
    const registers = [this.#registry];
    this.#requests = new Counter({
      name: "chasqui_door_requests_total",
      help: "Requests answered, by what they wanted and the status they got.",
      labelNames: ["route", "status"],
      registers,
    });
    this.#seconds = new Histogram({
      name: "chasqui_door_request_seconds",
      help: "From the request's head until the answer is handed to the network.",
      labelNames: ["route"],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
      registers,
    });
    const events = new Counter({
      name: "chasqui_door_events_total",
      help: "Events by whether they were stored or refused one by one; a repeated event counts as accepted.",
      labelNames: ["outcome"],
      registers,
    });
    this.#accepted = events.labels("accepted");
    this.#refused = events.labels("refused");
    const queues = new Gauge({
      name: "chasqui_door_waiting_items",
      help: "What waits for a commit.",
      labelNames: ["queue"],
      registers,
      collect: () => {
        queues.set({ queue: "events" }, waiting.events());
        queues.set({ queue: "webhooks" }, waiting.webhooks());
      },
    });
  }

  answered(route: DoorRoute, status: number, milliseconds: number): void {
    const children = this.#childrenOf(route, status);
    children.count.inc();
    children.seconds.observe(milliseconds / 1000);
  }

  events(accepted: number, refused: number): void {
    if (accepted > 0) this.#accepted.inc(accepted);
    if (refused > 0) this.#refused.inc(refused);
  }

  text(): Promise<string> {
    return this.#registry.metrics();
  }

  #childrenOf(route: DoorRoute, status: number): Children {
    const key = `${route} ${status}`;
    const known = this.#children.get(key);
    if (known) return known;
    const children = {
      count: this.#requests.labels(route, String(status)),
      seconds: this.#seconds.labels(route),
    };
    this.#children.set(key, children);
    return children;
  }
}

/** The route that a path belongs to. */
export function doorRouteOf(url: string | undefined): DoorRoute {
  const path = url ?? "";
  if (path.startsWith("/hooks/")) return "webhooks";
  if (path.startsWith("/r/")) return "links";
  if (path.startsWith("/u/")) return "uploads";
  if (path.startsWith("/o/")) return "opt-ins";
  if (path.startsWith("/media/")) return "media";
  if (!path.startsWith("/v1/")) return "other";
  return /^\/v1\/(track|identify|page|screen|group|alias|batch)\b/.test(path) ? "events" : "rest";
}
