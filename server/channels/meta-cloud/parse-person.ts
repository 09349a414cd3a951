import { z } from "zod";
import type { Findings } from "./findings.ts";

const id = z.string().optional();

export const Metadata = z.looseObject({ metadata: z.looseObject({ phone_number_id: z.string() }) });

const Preference = z.looseObject({
  wa_id: id,
  user_id: id,
  value: z.enum(["stop", "resume", "signup"]),
  timestamp: z.coerce.number().positive(),
});

/** The switch "offers and announcements" of a chat (Meta, "user_preferences webhook reference"). */
export function readPreferences(findings: Findings, path: string, value: Record<string, unknown>): void {
  const metadata = Metadata.safeParse(value);
  const phoneNumberId = metadata.success ? metadata.data.metadata.phone_number_id : null;
  findings.each(value.user_preferences, `${path}.user_preferences`, Preference, (preference) => ({
    kind: "preference",
    phoneNumberId,
    waId: preference.wa_id ?? null,
    bsuid: preference.user_id ?? null,
    // Signing up through a link is as good as resuming.
    marketing: preference.value === "stop" ? "stop" : "resume",
    at: preference.timestamp * 1000,
  }));
}

const NewId = z.looseObject({
  wa_id: id,
  user_id: z.looseObject({ previous: z.string().min(1), current: z.string().min(1) }),
  timestamp: z.coerce.number().positive(),
});

/** A person's business-scoped id has changed (Meta, "user_id_update webhook reference"). */
export function readNewIds(findings: Findings, path: string, value: Record<string, unknown>): void {
  findings.each(value.user_id_update, `${path}.user_id_update`, NewId, ({ wa_id, user_id, timestamp }) => ({
    kind: "new-ids",
    before: { waId: wa_id ?? null, bsuid: user_id.previous },
    after: { waId: null, bsuid: user_id.current },
    at: timestamp * 1000,
  }));
}
