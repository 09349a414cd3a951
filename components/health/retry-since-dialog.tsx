"use client";

import { RotateCcw } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { useProductNow } from "#components/ui/product-time.tsx";
import { RadioGroup } from "#components/ui/radio-group.tsx";

const spans = { quarter: 15 * 60_000, hour: 3_600_000, day: 86_400_000, ever: null } as const;
const choices = Object.keys(spans) as (keyof typeof spans)[];

type RetrySinceDialogProps = { isBusy: boolean; onRetry: (since: Date) => void };

/** After a repair: applies everything again that failed within a span, whatever the cause. */
export function RetrySinceDialog({ isBusy, onRetry }: RetrySinceDialogProps) {
  const t = useTranslations("health.deadLetters");
  const common = useTranslations("common");
  const now = useProductNow();
  const [isOpen, setOpen] = useState(false);
  const [choice, setChoice] = useState<keyof typeof spans>("hour");
  const retry = () => {
    const span = spans[choice];
    onRetry(span === null || !now ? new Date(0) : new Date(now.getTime() - span));
    setOpen(false);
  };
  return (
    <Dialog
      open={isOpen}
      onOpenChange={setOpen}
      trigger={
        <Button size="dense" isBusy={isBusy}>
          <RotateCcw aria-hidden />
          {t("retrySince")}
        </Button>
      }
      title={t("sinceTitle")}
      description={t("sinceBody")}
      closeLabel={common("close")}
      className="max-w-md"
      footer={
        <>
          <Button onClick={() => setOpen(false)}>{common("cancel")}</Button>
          <Button variant="primary" onClick={retry}>
            {t("sinceConfirm")}
          </Button>
        </>
      }
    >
      <RadioGroup
        aria-label={t("sinceTitle")}
        value={choice}
        onValueChange={(next) => setChoice(choices.find((known) => known === next) ?? "hour")}
        options={choices.map((value) => ({ value, label: t(`since.${value}`) }))}
      />
    </Dialog>
  );
}
