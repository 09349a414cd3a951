"use client";

import { Clock, Gauge, HandCoins, Hourglass, MessageCircle, Moon, ShieldCheck } from "lucide-react";
import { useTranslations } from "use-intl";
import { useEditor } from "../editor-state/editor-context.tsx";

/** What the send gate will check for this step, in words. `isFree`: it is no template, so the window has to be open. */
export function BeforeItLeaves({ isFree }: { isFree: boolean }) {
  const t = useTranslations("flowEditor.gate");
  const purposes = useTranslations("flowEditor.settings.purposes");
  const settings = useEditor((state) => state.graph.settings);
  const { purpose, sendingHours, collects, dropAfterMinutes, templateHoldHours } = settings;
  const isUrgent = purpose === "fraud" || purpose === "transaction";
  const isAnswer = isFree && purpose === "service";
  const lines = [
    ...(isFree ? [{ icon: MessageCircle, words: t("window") }] : []),
    { icon: ShieldCheck, words: t("consent", { purpose: purposes(`${purpose}.name`) }) },
    { icon: Gauge, words: t(isUrgent ? "noCap" : isAnswer ? "answersFree" : "cap") },
    { icon: Moon, words: sendingHours ? t("sendingHours", sendingHours) : t(isUrgent ? "noQuietHours" : "quietHours") },
    ...(collects ? [{ icon: HandCoins, words: t("collects") }] : []),
    ...(templateHoldHours && !isFree
      ? [{ icon: Hourglass, words: t("templateHold", { hours: templateHoldHours }) }]
      : []),
    ...(dropAfterMinutes ? [{ icon: Clock, words: t("dropAfter", { minutes: dropAfterMinutes }) }] : []),
  ];
  return (
    <section className="px-4 py-3.5">
      <h3 className="mb-2 font-semibold text-sm tracking-normal">{t("title")}</h3>
      <ul className="space-y-1.5">
        {lines.map(({ icon: Icon, words }) => (
          <li key={words} className="flex gap-2 text-secondary text-sm">
            <Icon aria-hidden className="mt-px size-4 shrink-0" strokeWidth={1.75} />
            {words}
          </li>
        ))}
      </ul>
    </section>
  );
}
