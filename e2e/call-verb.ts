import { type APIResponse, type Page, test } from "@playwright/test";

/** The address of the product under test, without a path. */
export const productUrl = (): string => new URL(test.info().project.use.baseURL ?? "").origin;

/** Calls a procedure of the server as the signed-in person's browser would, past every button that may be shut. */
export const callVerb = (page: Page, verb: string, input: object): Promise<APIResponse> =>
  page.request.post(`/api/trpc/${verb}`, { headers: { origin: productUrl() }, data: { json: input } });

/** Asks the server for something as the signed-in person's browser would. */
export const askVerb = (page: Page, verb: string, input: object): Promise<APIResponse> =>
  page.request.get(`/api/trpc/${verb}?input=${encodeURIComponent(JSON.stringify({ json: input }))}`);
