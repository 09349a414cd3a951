import type { IncomingMessage } from "node:http";
import { isbot } from "isbot";

/**
 * True when this request looks like somebody's tap. Link previews of messengers, crawlers, mail scanners, browsers that
 * load ahead, and HEAD follow the link too; counting them would make conversions out of machines.
 */
export function isPerson(request: IncomingMessage): boolean {
  if (request.method !== "GET") return false;
  const agent = request.headers["user-agent"] ?? "";
  return agent !== "" && !isbot(agent) && !isPrefetch(request);
}

/** Sec-Purpose (Fetch standard) and what browsers sent before it. */
const isPrefetch = ({ headers }: IncomingMessage): boolean =>
  [headers["sec-purpose"], headers.purpose, headers["x-purpose"], headers["x-moz"]].some((value) =>
    /prefetch|preview|prerender/i.test(String(value ?? "")),
  );
