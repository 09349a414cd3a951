import { CircleAlert } from "lucide-react";
import { useTranslations } from "use-intl";
import { Button } from "#components/ui/button.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import type { TemplateDraftStore } from "./use-template-draft.ts";

/** Saved, saving, or not saved and what to do about it. */
export function SaveNote({ store }: { store: TemplateDraftStore }) {
  const t = useTranslations("templates.editor");
  if (store.state === "failed" || store.state === "conflict") {
    return (
      <span role="alert" className="flex items-center gap-2 text-danger text-sm">
        <CircleAlert aria-hidden className="size-4 shrink-0" />
        {store.state === "failed" ? t("notSaved") : t("conflict")}
        <Button size="dense" onClick={() => (store.state === "failed" ? store.flush() : window.location.reload())}>
          {store.state === "failed" ? t("retry") : t("reload")}
        </Button>
      </span>
    );
  }
  return (
    <span role="status" className="whitespace-nowrap text-secondary text-sm">
      {store.state === "saving"
        ? t("saving")
        : store.hasSaved
          ? t("savedNow")
          : t.rich("saved", { when: () => <RelativeTime date={store.savedAt} /> })}
    </span>
  );
}
