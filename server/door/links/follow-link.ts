import type { IncomingMessage, ServerResponse } from "node:http";
import type { Door } from "../door.ts";
import { answerClosedLink } from "./closed-page.ts";
import { countClick, countPreview } from "./count-visit.ts";
import { type FoundLink, findLink } from "./find-link.ts";
import { isPerson } from "./is-person.ts";
import { targetOf } from "./target-of.ts";

/** `GET /r/{code}`: leads on to what the database says (never to what the request says) and counts taps of people. */
export async function followLink(door: Door, code: string, request: IncomingMessage, response: ServerResponse) {
  const found = await findLink(door, code);
  if (!found) return answerClosedLink(request, response, "unknown", null);
  if (found.link.expiresAt <= door.clock.now()) return answerClosedLink(request, response, "expired", found);
  const location = locationOf(door, found);
  if (!location) return answerClosedLink(request, response, "unknown", found);
  await (isPerson(request) ? countClick(door, code) : countPreview(door, code));
  response.writeHead(302, {
    location,
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    "x-robots-tag": "noindex, nofollow",
    "content-length": 0,
  });
  response.end();
}

function locationOf(door: Door, { link, flowName, nodeId }: FoundLink): string | null {
  if (link.kind === "upload") return `${door.env.publicUrl}/u/${link.code}`;
  return link.target && targetOf(link.target, { code: link.code, flowName, nodeId });
}
