import { CirclePause } from "lucide-react";
import { useTranslations } from "use-intl";
import { Callout } from "#components/ui/callout.tsx";
import type { OpenTemplate } from "./template-row.ts";

/** Worst first. */
const stops = ["disabled", "paused", "rejected"] as const;

/** WhatsApp has stopped a language of a template that flows send: whom it holds up, and what helps. */
export function StoppedNote({ template: { languages, usedIn } }: { template: OpenTemplate }) {
  const t = useTranslations("templates.stopped");
  const status = stops.find((stop) => languages.some((one) => one.status === stop));
  const isLive = usedIn.some((flow) => flow.version !== null);
  if (!status || (status === "rejected" && !isLive)) return null;
  const stopped = languages.filter((one) => one.status === status);
  const isWhole = !languages.some((one) => one.status === "approved");
  const held = usedIn.filter((flow) => flow.held > 0);
  const people = held.reduce((sum, flow) => sum + flow.held, 0);
  return (
    <div className="px-3 py-3 md:px-5">
      <Callout tone={status === "paused" ? "warning" : "danger"} icon={CirclePause} title={t(`${status}.title`)}>
        {isLive && isWhole
          ? people > 0
            ? t("held", { people, flows: held.length })
            : t("nobodyHeld")
          : isWhole
            ? null
            : t("others", { count: stopped.length })}{" "}
        <span className="text-secondary">{t(`${status}.help`)}</span>
      </Callout>
    </div>
  );
}
