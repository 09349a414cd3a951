import { segment } from "#db/schema/index.ts";
import type { Rule } from "#flow/rule.ts";
import { countPath } from "#flow/segment/segment-rule.ts";
import { fixedId } from "./fixed-id.ts";
import type { Seed } from "./seed.ts";

const is = (path: string, op: "eq" | "gte" | "in", value: string | number | string[]): Rule => ({ path, op, value });

const segments: { name: string; rule: Rule; days: number }[] = [
  {
    name: "Ready for a loan",
    days: 2,
    rule: {
      all: [
        is("contact.country", "in", ["CI", "SN", "CO"]),
        is("contact.creditScore", "gte", 680),
        {
          any: [
            is("contact.segment", "eq", "business"),
            { all: [is("contact.kycStatus", "eq", "completed"), is(countPath("transaction.processed", 30), "gte", 1)] },
          ],
        },
        is("consent.marketing", "eq", "granted"),
      ],
    },
  },
  { name: "KYC still open", days: 9, rule: { all: [is("contact.kycStatus", "eq", "incomplete")] } },
];

/** Two segments: a nested one and a plain one. Not counted yet: opening one counts it. */
export async function seedSegments({ tx, workspaceId, makerId, now }: Seed): Promise<void> {
  await tx.insert(segment).values(
    segments.map(({ name, rule, days }) => {
      const at = new Date(now.getTime() - days * 86_400_000);
      const id = fixedId(`segment:${workspaceId}:${name}`, at.getTime());
      return { id, workspaceId, name, rule, createdBy: makerId, updatedBy: makerId, createdAt: at, updatedAt: at };
    }),
  );
}
