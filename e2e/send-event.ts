import { Analytics } from "@segment/analytics-node";

type SentEvent = { userId: string; event: string; properties: Record<string, unknown> };

/**
 * Sends one event as a source system would: with Segment's own client, pointed at our door through the web's port.
 * Resolves when the door has answered; throws when it refused.
 */
export const sendEvent = (baseUrl: string, event: SentEvent): Promise<void> =>
  deliver(baseUrl, (analytics) => analytics.track(event));

/** Hands what `tell` says to the door, a hundred items in a call; throws when one call is refused. */
export async function deliver(baseUrl: string, tell: (analytics: Analytics) => void): Promise<void> {
  const failures: unknown[] = [];
  const analytics = new Analytics({
    writeKey: process.env.CHASQUI_DEMO_WRITE_KEY ?? "demo-write-key",
    host: baseUrl,
    path: "/v1/batch",
    flushAt: 100,
  });
  analytics.on("error", (error) => failures.push(error.reason ?? error));
  tell(analytics);
  await analytics.closeAndFlush({ timeout: 30_000 });
  if (failures.length > 0) throw new Error(`The door did not take it: ${String(failures[0])}`);
}
