import { Lock } from "lucide-react";
import { useTranslations } from "use-intl";
import { Segmented } from "#components/ui/segmented.tsx";
import { Tooltip } from "#components/ui/tooltip.tsx";
import { templateCategories } from "#flow/template.ts";
import { setCategory } from "./draft-edits.ts";
import type { OpenTemplate } from "./template-row.ts";
import type { TemplateDraftStore } from "./use-template-draft.ts";

type CategorySelectProps = { template: OpenTemplate; store: TemplateDraftStore; mayEdit: boolean };

/** Utility or marketing; fixed once WhatsApp has the template. */
export function CategorySelect({ template, store, mayEdit }: CategorySelectProps) {
  const t = useTranslations("templates");
  const isLocked = !mayEdit || template.languages.some((one) => !one.isOpen);
  return (
    <div className="flex flex-wrap items-center justify-between gap-3 border-border border-b py-3">
      <span className="font-medium text-sm">{t("categoryLabel")}</span>
      {isLocked ? (
        <Tooltip text={t("editor.categoryLocked")}>
          <span className="inline-flex items-center gap-1.5 text-sm">
            {t(`category.${template.category}`)}
            <Lock aria-hidden className="size-3.5 text-secondary" />
          </span>
        </Tooltip>
      ) : (
        <Segmented
          isDense
          aria-label={t("categoryLabel")}
          value={store.draft.category}
          onValueChange={(category) => store.change(setCategory(category))}
          options={templateCategories.map((value) => ({ value, label: t(`category.${value}`) }))}
        />
      )}
    </div>
  );
}
