import { z } from "zod";
import { JsonValue } from "../json.ts";

const properties = z.record(z.string(), JsonValue);
const name = z.string().min(1).max(200);
const id = z.string().min(1).max(100);

/** Things that go wrong on demand: the next message that leaves, or would, meets the fault. */
export const faults = ["provider-down", "undelivered", "no-status", "template-paused"] as const;

/** The same for the next step that runs another flow, or that lets people on by and by. */
export const stepFaults = ["flow-paused", "no-turn"] as const;

/** One thing that is done in a test run: by the person, a source system, an agent, the clock or bad luck. */
export const Action = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("event"), name, properties }),
  z.strictObject({ kind: z.literal("tap"), messageId: id, buttonId: id }),
  z.strictObject({ kind: z.literal("form"), messageId: id, answers: properties }),
  z.strictObject({ kind: z.literal("reply"), text: z.string().min(1).max(4096) }),
  z.strictObject({ kind: z.literal("click"), messageId: id, slot: id }),
  z.strictObject({ kind: z.literal("skip") }),
  z.strictObject({
    kind: z.literal("advance"),
    milliseconds: z
      .int()
      .min(0)
      .max(366 * 86_400_000),
  }),
  z.strictObject({ kind: z.literal("inject"), fault: z.enum([...faults, ...stepFaults, "STOP"]) }),
  z.strictObject({ kind: z.literal("resolve-hand-off") }),
  z.strictObject({ kind: z.literal("end-flow"), outcome: z.enum(["done", "exited"]) }),
]);
export type Action = z.infer<typeof Action>;
