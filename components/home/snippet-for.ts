export type DemoEvent = {
  address: string;
  writeKey: string | null;
  userId: string | null;
  name: string;
  properties: Record<string, unknown>;
};

/** A runnable text that sends the event: curl, or Segment's own client for Node pointed at our door. */
export function snippetFor(
  kind: "curl" | "node",
  event: DemoEvent,
  blanks: { writeKey: string; userId: string },
): string {
  const writeKey = event.writeKey ?? blanks.writeKey;
  const userId = event.userId ?? blanks.userId;
  if (kind === "curl") {
    return [
      `curl ${event.address}/v1/track \\`,
      `  -u '${writeKey}:' \\`,
      "  -H 'content-type: application/json' \\",
      `  -d '{"userId": "${userId}", "event": "${event.name}",`,
      `       "properties": ${JSON.stringify(event.properties)}}'`,
    ].join("\n");
  }
  return [
    "// npm install @segment/analytics-node",
    'import { Analytics } from "@segment/analytics-node";',
    "",
    `const analytics = new Analytics({ writeKey: "${writeKey}", host: "${event.address}" });`,
    `analytics.track({ userId: "${userId}", event: "${event.name}", properties: ${JSON.stringify(event.properties)} });`,
    "await analytics.closeAndFlush();",
  ].join("\n");
}
