"use client";

import { Check, TriangleAlert } from "lucide-react";
import { useEffect, useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { Button } from "#components/ui/button.tsx";
import { Spinner } from "#components/ui/spinner.tsx";
import { useEditor } from "../editor-state/editor-context.tsx";
import { useAutosave } from "../use-autosave.tsx";

/** Whether the draft is stored, in words; a failure says that it goes on trying. */
export function SavedText() {
  const t = useTranslations("flowEditor.saved");
  const save = useEditor((state) => state.save);
  const autosave = useAutosave();
  if (save.kind === "failed") {
    return (
      <span role="status" className="flex shrink-0 items-center gap-1.5 text-sm text-warning">
        <TriangleAlert aria-hidden className="size-4" />
        {t("failed")}
        <Button variant="link" onClick={() => void autosave.flush()}>
          {t("retry")}
        </Button>
      </span>
    );
  }
  if (save.kind === "conflict") {
    return (
      <span role="status" className="flex shrink-0 items-center gap-1.5 text-sm text-warning">
        <TriangleAlert aria-hidden className="size-4" />
        {t("conflict")}
      </span>
    );
  }
  return (
    <span
      data-testid="saved"
      data-save={save.kind}
      className="flex min-w-4 shrink-[99] items-center text-secondary text-sm"
    >
      {save.kind === "saved" ? (
        <Check aria-hidden className="size-4 min-[1181px]:hidden" />
      ) : (
        <Spinner className="min-[1181px]:hidden" />
      )}
      <span className="truncate max-[1180px]:sr-only">
        {save.kind === "saved" ? <SavedAgo at={save.at} /> : t("saving")}
      </span>
    </span>
  );
}

function SavedAgo({ at }: { at: number }) {
  const t = useTranslations("flowEditor.saved");
  const format = useFormatter();
  const now = useNow();
  // Within the first seconds a count would only flicker.
  if (now === null || now - at < 2000) return t("now");
  return t("ago", { ago: format.relativeTime(new Date(at), { now: new Date(Math.max(now, at)), style: "short" }) });
}

/** The browser's own time, only to say how long ago this browser saved. */
function useNow(): number | null {
  const [now, setNow] = useState<number | null>(null);
  useEffect(() => {
    const tick = () => setNow(Date.now());
    tick();
    const timer = setInterval(tick, 2000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
