"use client";

import { CircleCheck, Clock, LogOut } from "lucide-react";
import Link from "next/link";
import { useFormatter, useTranslations } from "use-intl";
import { Card, CardBody, CardHeader, CardTitle } from "#components/ui/card.tsx";
import { Chip } from "#components/ui/chip.tsx";
import type { ContactDetail } from "./contact-frame.tsx";
import { TakeOut } from "./take-out.tsx";

/** The flows the person is in or was in, with the version they are pinned to. */
export function FlowsCard({ enrollments, name }: { enrollments: ContactDetail["enrollments"]; name: string }) {
  const t = useTranslations("contacts");
  const format = useFormatter();
  const moment = (at: Date) => format.dateTime(at, { dateStyle: "medium", timeStyle: "short", hourCycle: "h23" });
  const reasonOf = (reason: string | null) =>
    reason && t.has(`endReasons.${reason}`) ? t(`endReasons.${reason}`) : (reason ?? "");
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("flows")}</CardTitle>
      </CardHeader>
      <CardBody>
        {enrollments.length === 0 ? <p className="text-secondary text-sm">{t("noFlows")}</p> : null}
        <ul className="divide-y divide-border">
          {enrollments.map((row) => (
            <li key={row.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2 text-sm first:pt-0 last:pb-0">
              <Link href={`/flows/${row.flowId}`} className="font-medium hover:underline">
                {row.flowName}
              </Link>
              <span className="text-tertiary text-xs">v{row.version}</span>
              {row.status === "waiting" ? (
                <Chip tone="info" icon={Clock}>
                  {row.wakeAt
                    ? t("movesOn", { date: moment(row.wakeAt) })
                    : t("insideSince", { date: moment(row.enteredAt) })}
                </Chip>
              ) : row.goalAt && row.endReason === "goal" ? null : (
                <Chip icon={LogOut}>{reasonOf(row.endReason)}</Chip>
              )}
              {/* Also of somebody who left before: a goal counts for days after. */}
              {row.goalAt ? (
                <Chip tone="success" icon={CircleCheck}>
                  {t("endReasons.goal")}
                </Chip>
              ) : null}
              <span className="ml-auto text-secondary text-xs">
                {row.endedAt
                  ? t("ended", { date: moment(row.endedAt) })
                  : t("insideSince", { date: moment(row.enteredAt) })}
              </span>
              {row.status === "waiting" ? <TakeOut enrollmentId={row.id} flowName={row.flowName} name={name} /> : null}
            </li>
          ))}
        </ul>
      </CardBody>
    </Card>
  );
}
