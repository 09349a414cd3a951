import type { APIRequestContext } from "@playwright/test";
import { z } from "zod";

/** A signed-in browser session of a Chasqui at `url`. */
export type Session = { request: APIRequestContext; url: string };

/** Asks a procedure of the server, as the session's person. */
export async function askVerb({ request, url }: Session, verb: string, input: object = {}): Promise<unknown> {
  const query = encodeURIComponent(JSON.stringify({ json: input }));
  const answer = await request.get(`${url}/api/trpc/${verb}?input=${query}`);
  return readAnswer(verb, await answer.json());
}

/** Has a procedure of the server do something, as the session's person. */
export async function callVerb({ request, url }: Session, verb: string, input: object): Promise<unknown> {
  const answer = await request.post(`${url}/api/trpc/${verb}`, { headers: { origin: url }, data: { json: input } });
  return readAnswer(verb, await answer.json());
}

const Answer = z.object({ result: z.object({ data: z.object({ json: z.unknown() }) }) });

function readAnswer(verb: string, answer: unknown): unknown {
  const read = Answer.safeParse(answer);
  if (!read.success) throw new Error(`${verb} answered ${JSON.stringify(answer).slice(0, 300)}`);
  return read.data.result.data.json;
}
