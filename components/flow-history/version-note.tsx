"use client";

import { useFormatter, useTranslations } from "use-intl";
import type { FlowVersion } from "./flow-version.ts";

/** Who let a version go live, when, and why it was asked for. */
export function VersionNote({ version: { number, publishedAt, publishedBy, askedBy, why } }: { version: FlowVersion }) {
  const t = useTranslations("flowHistory");
  const format = useFormatter();
  const when = format.dateTime(publishedAt, { dateStyle: "medium", timeStyle: "short" });
  return (
    <div className="mt-3 rounded-lg bg-sunken px-3 py-2 text-sm">
      {why ? <p className="line-clamp-4 [overflow-wrap:anywhere]">{why}</p> : null}
      <p className="text-secondary text-xs">
        {askedBy
          ? t("askedAndApproved", { number, asked: askedBy, approved: publishedBy, when })
          : t("published", { number, name: publishedBy, when })}
      </p>
    </div>
  );
}
