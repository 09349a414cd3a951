// npm run -s stats:case: reads one {"fn", "input"} as JSON per line and prints each answer as one line of JSON.
import { createInterface } from "node:readline";
import { z } from "zod";
import { askStatistic } from "#server/experiments/statistics.ts";
import { planoutUniform, unleashNormalized } from "./other-hashes.ts";

/** How other products place people: only for comparison, the product itself uses GrowthBook's hash. */
const Other = z.discriminatedUnion("fn", [
  z.object({
    fn: z.literal("unleashNormalized"),
    input: z.object({ id: z.string(), groupId: z.string(), normalizer: z.number().int().min(1), seed: z.number() }),
  }),
  z.object({
    fn: z.literal("planoutUniform"),
    input: z.object({ experimentSalt: z.string(), salt: z.string(), unit: z.string() }),
  }),
]);

function answer(line: string): unknown {
  try {
    const question: unknown = JSON.parse(line);
    const other = Other.safeParse(question);
    if (!other.success) return askStatistic(question);
    return other.data.fn === "planoutUniform" ? planoutUniform(other.data.input) : unleashNormalized(other.data.input);
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
  if (line.trim() !== "") process.stdout.write(`${JSON.stringify(answer(line))}\n`);
}
