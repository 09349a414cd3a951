import type { IncomingMessage, ServerResponse } from "node:http";

/** What a handler wants answered: JSON, bytes, or a page of HTML. */
export type HttpAnswer = {
  status: number;
  body: object | Buffer | string;
  headers?: Record<string, string>;
};

export const ok = (body: object): HttpAnswer => ({ status: 200, body });

/** Reads a request's bytes; null when there are more than `maxBytes`. */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    const bytes = chunk as Buffer;
    length += bytes.length;
    if (length <= maxBytes) chunks.push(bytes);
  }
  return length > maxBytes ? null : Buffer.concat(chunks);
}

export function writeAnswer(response: ServerResponse, { status, body, headers }: HttpAnswer): void {
  const isHtml = typeof body === "string";
  const type = isHtml ? "text/html; charset=utf-8" : "application/json; charset=UTF-8";
  // Text leaves with its headers in one write; bytes would need two.
  const content = isHtml || Buffer.isBuffer(body) ? body : JSON.stringify(body);
  response.writeHead(status, {
    "content-type": type,
    ...headers,
    "content-length": String(Buffer.byteLength(content)),
  });
  response.end(content);
}
