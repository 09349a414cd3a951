import { reachableUrl } from "#server/reachable-host.ts";
import type { Settings } from "./settings.ts";
import { isAnsweringOk } from "./wait-for.ts";

/** A process of the product: its name (log file, sentences), its program, and how to see that it serves. */
export type Part = { name: string; entry: string; isReady: () => Promise<boolean> };

/** The processes that these settings ask for, besides Postgres. */
export function partsOf({ host, port, doorPort, sandboxPort, workers, isDemo }: Settings): Part[] {
  const answers = (at: number, place: string) => () => isAnsweringOk(`${reachableUrl(host, at)}${place}`);
  const sandbox: Part = {
    name: "sandbox",
    entry: "server/sandbox/main.ts",
    isReady: answers(sandboxPort, "/__sandbox/health"),
  };
  const door: Part = { name: "door", entry: "server/door/main.ts", isReady: answers(doorPort, "/health") };
  // The web's health speaks for the workers: it reads their heartbeats.
  const web: Part = { name: "web", entry: "server/web/main.ts", isReady: answers(port, "/api/health") };
  const worker = (index: number): Part => ({
    name: index === 0 ? "worker" : `worker-${index + 1}`,
    entry: "server/engine/main.ts",
    isReady: async () => true,
  });
  return [...(isDemo ? [sandbox] : []), door, ...Array.from({ length: workers }, (_, index) => worker(index)), web];
}

/** What every process is told. `found`: what only the start knows. */
export function childEnvironment(settings: Settings, found: Record<string, string>): NodeJS.ProcessEnv {
  return {
    ...process.env,
    NODE_ENV: settings.isDev ? "development" : "production",
    NEXT_TELEMETRY_DISABLED: "1",
    PORT: String(settings.port),
    DOOR_PORT: String(settings.doorPort),
    SANDBOX_PORT: String(settings.sandboxPort),
    CHASQUI_HOST: settings.host,
    CHASQUI_HOME: settings.home,
    CHASQUI_WORKERS: String(settings.workers),
    CHASQUI_DEMO: settings.isDemo ? "1" : "0",
    CHASQUI_DEMO_WORLD: settings.hasDemoWorld ? "1" : "0",
    ...(settings.smtp ? { CHASQUI_SMTP_URL: settings.smtp.url, CHASQUI_MAIL_FROM: settings.smtp.from } : {}),
    ...found,
  };
}
