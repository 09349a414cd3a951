"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";
import { Input } from "#components/ui/input.tsx";
import { useProductNow } from "#components/ui/product-time.tsx";
import { RadioGroup } from "#components/ui/radio-group.tsx";
import { localClock, localMoment } from "#flow/local-time.ts";
import { useEditorWorld } from "../editor-world.tsx";

export type When = ReturnType<typeof useWhen>;

/** Now, or at a time of the workspace's clock. `moment` is null for now, and for a time that is not whole or has passed. */
export function useWhen(approved: Date | null) {
  const { workspaceTimezone } = useEditorWorld();
  const now = useProductNow();
  const [when, setWhen] = useState<"now" | "later" | null>(null);
  const [at, setAt] = useState<string | null>(null);
  const isAhead = approved !== null && (now === null || approved > now);
  const clock = localClock(isAhead ? approved.getTime() : (now?.getTime() ?? 0) + 86_400_000, workspaceTimezone);
  const shownWhen = when ?? (isAhead ? "later" : "now");
  const shownAt = at ?? `${clock.day}T${isAhead ? clock.time : "09:00"}`;
  const [day = "", time = ""] = shownAt.split("T");
  const moment = day && time ? new Date(localMoment(day, time, workspaceTimezone)) : null;
  const isFuture = moment !== null && now !== null && moment > now;
  return { when: shownWhen, setWhen, at: shownAt, setAt, moment: shownWhen === "later" && isFuture ? moment : null };
}

export function WhenField({ when, setWhen, at, setAt, moment }: When) {
  const t = useTranslations("flowEditor.publish");
  const { workspaceTimezone } = useEditorWorld();
  return (
    <section>
      <h3 className="mb-2 font-semibold text-sm">{t("when")}</h3>
      <RadioGroup
        aria-label={t("when")}
        value={when}
        onValueChange={(value) => setWhen(value === "later" ? "later" : "now")}
        options={[
          { value: "now", label: t("whenNow") },
          { value: "later", label: t("whenLater") },
        ]}
      />
      {when === "later" ? (
        <div className="mt-2 pl-6.5">
          <Input
            type="datetime-local"
            aria-label={t("whenAt")}
            aria-invalid={moment === null}
            value={at}
            onChange={(event) => setAt(event.target.value)}
          />
          <p className="mt-1 text-secondary text-xs">
            {moment === null ? t("whenPast") : t("zone", { zone: workspaceTimezone.replaceAll("_", " ") })}
          </p>
        </div>
      ) : null}
    </section>
  );
}
