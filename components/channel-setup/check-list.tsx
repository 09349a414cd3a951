"use client";

import { CircleAlert, CircleCheck, CircleDashed, TriangleAlert } from "lucide-react";
import { useTranslations } from "use-intl";
import type { ChannelCheck } from "#server/channel-setup/check-channel.ts";

const looks = {
  ok: { icon: CircleCheck, ink: "text-success" },
  warning: { icon: TriangleAlert, ink: "text-warning" },
  failed: { icon: CircleAlert, ink: "text-danger" },
  unknown: { icon: CircleDashed, ink: "text-tertiary" },
} as const;

/** What was asked, what came out, and where it is not well, what to do. */
export function CheckList({ checks }: { checks: ChannelCheck[] }) {
  const t = useTranslations("channelSetup.checks");
  const states = useTranslations("channelSetup.states");
  return (
    <ul className="divide-y divide-border overflow-hidden rounded-md border border-border bg-surface">
      {checks.map(({ name, state, found, detail }) => {
        const { icon: Icon, ink } = looks[state];
        const value = found === null ? null : t.has(`${name}.found.${found}`) ? t(`${name}.found.${found}`) : found;
        return (
          <li key={name} className="flex items-start gap-2.5 px-3.5 py-2.5 text-sm">
            <Icon aria-label={states(state)} className={`mt-0.5 size-4 shrink-0 ${ink}`} strokeWidth={1.75} />
            <div className="min-w-0 flex-1">
              <p className="font-medium">{t(`${name}.name`)}</p>
              {state === "ok" ? null : (
                <p className="mt-0.5 text-secondary text-xs">
                  {state === "unknown" ? t(`${name}.unknown`) : t(`${name}.mend`)}
                </p>
              )}
              {detail ? <p className="mt-0.5 break-words font-mono text-tertiary text-xs">{detail}</p> : null}
            </div>
            {value ? <span className="shrink-0 text-right text-secondary text-xs">{value}</span> : null}
          </li>
        );
      })}
    </ul>
  );
}
