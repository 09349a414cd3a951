import http, { type IncomingMessage, type ServerResponse } from "node:http";

/** Paths that belong to the door's process: events and REST, provider webhooks, tracked links, uploads and consents by customers, files of messages. */
const doorPaths = /^\/(v1|hooks|r|u|o|media)\//;

/** Headers that speak of one connection only (RFC 9110, section 7.6.1), and `expect`, which our own server has answered. */
const ofOneConnection = new Set([
  "connection",
  "keep-alive",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "expect",
]);

const agent = new http.Agent({ keepAlive: true, maxSockets: 256 });

export const isDoorPath = (url: string | undefined): boolean => doorPaths.test(url ?? "");

/**
 * Passes a request on to the door as it came: the path, every header and every byte of the body unread and untouched, since providers
 * sign the raw bytes. Answers 503 with Retry-After when the door is away.
 */
export function forwardToDoor(
  request: IncomingMessage,
  response: ServerResponse,
  door: { host: string; port: number },
): void {
  const { method, url } = request;
  const headers = passedOn(request.rawHeaders);
  if (request.headers["transfer-encoding"]) headers.push("transfer-encoding", "chunked");
  headers.push("x-forwarded-for", request.socket.remoteAddress ?? "");
  const upstream = http.request({ ...door, method, path: url, headers, agent, setHost: false });
  upstream.on("response", (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.statusMessage, passedOn(answer.rawHeaders));
    answer.pipe(response);
    // The door went away in the middle of its answer: the caller must see a broken answer, not a short one.
    answer.on("error", () => response.destroy());
    // It may answer (413) before it has read everything: the rest is read and dropped, so that the caller gets to the answer.
    answer.on("end", () => request.unpipe(upstream).resume());
  });
  upstream.on("error", () => refuse(request, response));
  response.on("close", () => upstream.destroy());
  request.pipe(upstream);
}

/** Raw name-value pairs without those of the connection; order, case and repetition stay. */
function passedOn(raw: string[]): string[] {
  const kept: string[] = [];
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = raw[index] ?? "";
    if (!ofOneConnection.has(name.toLowerCase())) kept.push(name, raw[index + 1] ?? "");
  }
  return kept;
}

function refuse(request: IncomingMessage, response: ServerResponse): void {
  if (response.headersSent) {
    if (!response.writableEnded) response.destroy();
    return;
  }
  request.unpipe().resume();
  const body = JSON.stringify({
    error: { code: "unavailable", message: "The event door is being restarted; send this again in a moment." },
  });
  response.writeHead(503, { "content-type": "application/json", "retry-after": "1" }).end(body);
}
