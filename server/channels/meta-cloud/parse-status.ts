import { z } from "zod";
import type { ChannelEvent } from "../channel.ts";
import type { Findings } from "./findings.ts";

const Status = z.looseObject({
  id: z.string().min(1),
  status: z.string(),
  timestamp: z.coerce.number().positive(),
  biz_opaque_callback_data: z.string().optional(),
  errors: z
    .array(
      z.looseObject({
        code: z.number(),
        title: z.string().optional(),
        error_data: z.looseObject({ details: z.string().optional() }).optional(),
      }),
    )
    .default([]),
});

/** Delivery statuses. `played` (a voice note) and words to come are of no use to us yet. */
export function readStatus(findings: Findings, path: string, list: unknown, phoneNumberId: string): void {
  findings.each(list, path, Status, (item) => eventOf(item, phoneNumberId));
}

function eventOf(item: z.infer<typeof Status>, phoneNumberId: string): ChannelEvent {
  const { status } = item;
  if (status !== "sent" && status !== "delivered" && status !== "read" && status !== "failed")
    return { kind: "other", field: `messages.${status}` };
  const error = status === "failed" ? item.errors[0] : undefined;
  return {
    kind: "status",
    phoneNumberId,
    wamid: item.id,
    ref: item.biz_opaque_callback_data ?? null,
    status,
    at: item.timestamp * 1000,
    errorCode: error?.code ?? null,
    errorDetail: error?.error_data?.details ?? error?.title ?? null,
  };
}
