import { CirclePause } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "use-intl";
import { Callout } from "#components/ui/callout.tsx";
import { useEditorWorld } from "../editor-world.tsx";

/** People hold in this flow for templates that WhatsApp has stopped. */
export function StoppedTemplates() {
  const t = useTranslations("flowEditor.stopped");
  const { heldFor } = useEditorWorld();
  if (heldFor.length === 0) return null;
  const people = heldFor.reduce((sum, one) => sum + one.people, 0);
  return (
    <div className="border-border border-b bg-surface px-4 py-2">
      <Callout tone="warning" icon={CirclePause} title={t("title", { count: people })}>
        <span className="mr-2">{t("help")}</span>
        {heldFor.map(({ templateId, name }) => (
          <Link
            key={templateId}
            href={`/templates/${templateId}`}
            className="mr-3 font-mono text-accent hover:underline"
          >
            {name}
          </Link>
        ))}
      </Callout>
    </div>
  );
}
