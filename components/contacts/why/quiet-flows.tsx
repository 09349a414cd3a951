"use client";

import Link from "next/link";
import { Fragment } from "react";
import { useTranslations } from "use-intl";
import type { FlowAnswer } from "./use-why-words.ts";

/** Flows that heard of nothing, in one line: they are named, so that nobody wonders whether they were asked. */
export function QuietFlows({ flows, name }: { flows: FlowAnswer[]; name: string }) {
  const t = useTranslations("why");
  return (
    <p className="px-1 text-secondary text-sm">
      {t("noEvent", { name })}{" "}
      {flows.map((flow, index) => (
        <Fragment key={flow.id}>
          {index > 0 ? ", " : ""}
          <Link href={`/flows/${flow.id}`} className="text-ink hover:underline">
            {flow.name}
          </Link>
        </Fragment>
      ))}
    </p>
  );
}
