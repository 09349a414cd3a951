"use client";

import { X } from "lucide-react";
import { type ReactNode, useEffect, useId, useRef } from "react";
import { useTranslations } from "use-intl";
import { ScrollArea } from "#components/ui/scroll-area.tsx";

type PhoneSheetProps = { title: string; onClose: () => void; children: ReactNode; footer?: ReactNode };

/**
 * A panel that comes up from the foot of a phone, over the dimmed chat. Escape closes it and the keyboard goes back to where it
 * came from. It closes nothing but its own phone: the others beside it stay usable.
 */
export function PhoneSheet({ title, onClose, children, footer }: PhoneSheetProps) {
  const t = useTranslations("phone.sheet");
  const titleId = useId();
  const panel = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    panel.current?.focus();
    return () => (before instanceof HTMLElement ? before.focus() : undefined);
  }, []);
  return (
    <div className="absolute inset-0 z-10 flex flex-col justify-end bg-black/45">
      <button type="button" tabIndex={-1} aria-hidden className="min-h-16 flex-1" onClick={onClose} />
      <div
        ref={panel}
        role="dialog"
        aria-labelledby={titleId}
        tabIndex={-1}
        onKeyDown={(event) => {
          if (event.key !== "Escape") return;
          event.stopPropagation();
          onClose();
        }}
        className="flex max-h-[85%] animate-rise-in flex-col rounded-t-2xl bg-wa-bar text-wa-bar-text outline-none"
      >
        <div className="flex h-11 shrink-0 items-center gap-2 border-wa-attachment border-b px-3">
          <button
            type="button"
            aria-label={t("close")}
            onClick={onClose}
            className="grid size-7 place-items-center rounded-full hover:bg-wa-attachment"
          >
            <X aria-hidden className="size-4" />
          </button>
          <h3 id={titleId} className="min-w-0 flex-1 truncate pr-7 text-center font-semibold text-sm">
            {title}
          </h3>
        </div>
        <ScrollArea className="min-h-0 flex-1 overflow-y-auto px-4 py-3">{children}</ScrollArea>
        {footer ? <div className="shrink-0 px-4 pt-1 pb-4">{footer}</div> : null}
      </div>
    </div>
  );
}

type SheetButtonProps = { label: string; isDisabled?: boolean; onPress: () => void };

/** The green button at the foot of a sheet. */
export function SheetButton({ label, isDisabled, onPress }: SheetButtonProps) {
  return (
    <button
      type="button"
      disabled={isDisabled}
      onClick={onPress}
      className="h-9 w-full rounded-full bg-wa-press font-medium text-sm text-white disabled:bg-wa-attachment disabled:text-wa-secondary"
    >
      {label}
    </button>
  );
}
