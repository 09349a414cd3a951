import { Analytics } from "@segment/analytics-node";

/**
 * Sends one event as a source system would: with Segment's own client, pointed at our door through the web's port.
 * Resolves when the door has answered; throws when it refused.
 */
export async function sendEvent(
  baseUrl: string,
  event: { userId: string; event: string; properties: Record<string, unknown> },
): Promise<void> {
  const failures: unknown[] = [];
  const analytics = new Analytics({
    writeKey: process.env.CHASQUI_DEMO_WRITE_KEY ?? "demo-write-key",
    host: baseUrl,
    path: "/v1/batch",
    flushAt: 1,
  });
  analytics.on("error", (error) => failures.push(error.reason ?? error));
  analytics.track(event);
  await analytics.closeAndFlush({ timeout: 10_000 });
  if (failures.length > 0) throw new Error(`The door did not take the event: ${String(failures[0])}`);
}
