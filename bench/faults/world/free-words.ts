import { type Purpose, purposes } from "#flow/graph.ts";
import { purposeOfTemplate } from "./known-flow.ts";

/** What a drawn step says freely. A template's name tells its purpose; here the words must, so that the provider's record can be judged alone. */
export const freeWords = (purpose: Purpose): string => `Hello {{first_name}}, this is about {{ref}} (${purpose} said).`;

/** What a message at the provider was for, by its template or, without one, by its words; null: nobody's. */
export function purposeOfMessage({ template, body }: { template?: string; body?: string }): Purpose | null {
  if (template) return purposeOfTemplate(template);
  return purposes.find((purpose) => body?.endsWith(`(${purpose} said).`)) ?? null;
}
