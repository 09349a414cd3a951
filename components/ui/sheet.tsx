"use client";

import { Dialog as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { cn } from "./cn.ts";
import { CornerClose } from "./corner-close.tsx";
import { ScrollArea } from "./scroll-area.tsx";

type SheetProps = {
  open?: boolean;
  onOpenChange?: (isOpen: boolean) => void;
  trigger?: ReactNode;
  title: ReactNode;
  description?: ReactNode;
  closeLabel: string;
  side?: "left" | "right";
  footer?: ReactNode;
  className?: string;
  /** The page beside it stays usable. */
  isBeside?: boolean;
  children: ReactNode;
};

/** A panel from the edge, for details beside a list. */
export function Sheet({
  open,
  onOpenChange,
  trigger,
  title,
  description,
  closeLabel,
  side = "right",
  footer,
  className,
  isBeside = false,
  children,
}: SheetProps) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange} modal={!isBeside}>
      {trigger ? <Radix.Trigger asChild>{trigger}</Radix.Trigger> : null}
      <Radix.Portal>
        {isBeside ? null : <Radix.Overlay className="fixed inset-0 z-50 animate-fade-in bg-scrim" />}
        <Radix.Content
          {...(description ? {} : { "aria-describedby": undefined })}
          onInteractOutside={isBeside ? (event) => event.preventDefault() : undefined}
          className={cn(
            "floating fixed inset-y-0 z-50 flex w-full max-w-[444px] flex-col border-border bg-raised",
            side === "right" ? "right-0 animate-slide-in-right border-l" : "left-0 animate-slide-in-left border-r",
            className,
          )}
        >
          <div className="border-border border-b py-3.5 pr-12 pl-5">
            <div className="min-w-0">
              <Radix.Title className="truncate text-h2">{title}</Radix.Title>
              {description ? (
                <Radix.Description className="text-secondary text-sm">{description}</Radix.Description>
              ) : null}
            </div>
          </div>
          <ScrollArea className="min-h-0 flex-1 overflow-y-auto p-5">{children}</ScrollArea>
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
