"use client";

import { Dialog as Radix } from "radix-ui";
import { type ReactNode, useRef } from "react";
import { cn } from "./cn.ts";
import { CornerClose } from "./corner-close.tsx";

type DialogProps = {
  open?: boolean;
  onOpenChange?: (isOpen: boolean) => void;
  trigger?: ReactNode;
  title: ReactNode;
  /** One line under the title: what this is about. */
  description?: ReactNode;
  closeLabel: string;
  /** Buttons, right-aligned; stays while the body scrolls. */
  footer?: ReactNode;
  className?: string;
  /** Of the part that scrolls. */
  bodyClassName?: string;
  children: ReactNode;
};

/** A modal question or form. Head and foot stay, the body scrolls. */
export function Dialog({
  open,
  onOpenChange,
  trigger,
  title,
  description,
  closeLabel,
  footer,
  className,
  bodyClassName,
  children,
}: DialogProps) {
  const content = useRef<HTMLDivElement>(null);
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      {trigger ? <Radix.Trigger asChild>{trigger}</Radix.Trigger> : null}
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-50 animate-fade-in bg-scrim" />
        <Radix.Content
          ref={content}
          onOpenAutoFocus={(event) => {
            event.preventDefault();
            focusFirst(content.current);
          }}
          {...(description ? {} : { "aria-describedby": undefined })}
          className={cn(
            "floating fixed outline-none inset-x-4 top-1/2 z-50 mx-auto flex max-h-[min(752px,calc(100dvh-2rem))] max-w-lg -translate-y-1/2 flex-col rounded-lg border border-border bg-raised",
            className,
          )}
        >
          <div className="px-5 pt-4 pr-12 pb-3">
            <div className="min-w-0">
              <Radix.Title className="text-h2">{title}</Radix.Title>
              {description ? (
                <Radix.Description className="mt-0.5 text-secondary text-sm">{description}</Radix.Description>
              ) : null}
            </div>
          </div>
          <div className={cn("min-h-0 flex-1 overflow-y-auto px-5 pb-5", bodyClassName)}>{children}</div>
          {footer ? (
            <div className="flex flex-wrap items-center justify-end gap-2 border-border border-t px-5 py-3">
              {footer}
            </div>
          ) : null}
          <CornerClose label={closeLabel} />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** What one came to fill in, else the dialog itself: one does not begin with Close. */
function focusFirst(dialog: HTMLElement | null) {
  const fields = dialog?.querySelectorAll<HTMLElement>(
    "input:not([type=hidden], [type=file], :disabled), textarea:not(:disabled), [role=combobox]:not(:disabled)",
  );
  const field = [...(fields ?? [])].find((one) => one.checkVisibility());
  (field ?? dialog)?.focus();
}
