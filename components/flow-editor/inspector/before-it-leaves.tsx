"use client";

import { CircleX, Clock, Gauge, HandCoins, Hourglass, MessageCircle, Moon, ShieldCheck } from "lucide-react";
import { memo, type ReactNode } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { capFor, isCapped } from "#flow/gate/frequency-cap.ts";
import { useEditor } from "../editor-state/editor-context.tsx";
import { useEditorWorld } from "../editor-world.tsx";

/**
 * What the send gate will check for this step, in words and with the workspace's own numbers. `isFree`: it is no template, so the window
 * has to be open.
 */
export const BeforeItLeaves = memo(function BeforeItLeaves({ isFree }: { isFree: boolean }) {
  const t = useTranslations("flowEditor.gate");
  const purposes = useTranslations("flowEditor.settings.purposes");
  const format = useFormatter();
  const settings = useEditor((state) => state.graph.settings);
  const { policy } = useEditorWorld();
  const { purpose, sendingHours, collects, capPerDay, dropAfterMinutes, templateHoldHours } = settings;
  const { quietHours } = policy;
  const isUrgent = !isCapped(purpose);
  const hasQuietHours = !isUrgent && quietHours.from !== quietHours.to;
  const strong = { b: (words: ReactNode) => <span className="font-medium text-ink">{words}</span> };
  const isExempt = policy.consentExempt.includes(purpose);
  const span = (minutes: number) =>
    minutes % 1440 === 0
      ? format.number(minutes / 1440, { style: "unit", unit: "day", unitDisplay: "long" })
      : minutes % 60 === 0
        ? format.number(minutes / 60, { style: "unit", unit: "hour", unitDisplay: "long" })
        : format.number(minutes, { style: "unit", unit: "minute", unitDisplay: "long" });
  const lines = [
    ...(isFree ? [{ icon: MessageCircle, words: t("window") }] : []),
    {
      icon: ShieldCheck,
      words: t.rich(isExempt ? "consentExempt" : "consent", { ...strong, purpose: purposes(`${purpose}.name`) }),
    },
    {
      icon: Gauge,
      words: isUrgent
        ? t("noCap")
        : isFree && purpose === "service"
          ? t("answersFree")
          : t.rich("cap", { ...strong, count: capFor(policy.capPerDay, capPerDay) }),
    },
    {
      icon: Moon,
      words: hasQuietHours ? t.rich("quietHours", { ...strong, ...quietHours }) : t("noQuietHours"),
    },
    ...(sendingHours ? [{ icon: Clock, words: t.rich("sendingHours", { ...strong, ...sendingHours }) }] : []),
    ...(collects ? [{ icon: HandCoins, words: t.rich("collects", { ...strong, ...policy.collections.hours }) }] : []),
    ...(templateHoldHours && !isFree
      ? [{ icon: Hourglass, words: t("templateHold", { hours: templateHoldHours }) }]
      : []),
    ...(dropAfterMinutes
      ? [{ icon: CircleX, words: t.rich("dropAfter", { ...strong, span: span(dropAfterMinutes) }) }]
      : []),
  ];
  return (
    <section className="px-4 py-3.5">
      <h3 className="mb-2 font-semibold text-sm tracking-normal">{t("title")}</h3>
      <ul className="space-y-1.5">
        {lines.map(({ icon: Icon, words }) => (
          <li key={Icon.displayName} className="flex gap-2 text-secondary text-sm">
            <Icon aria-hidden className="mt-px size-4 shrink-0" strokeWidth={1.75} />
            <span>{words}</span>
          </li>
        ))}
      </ul>
    </section>
  );
});
