"use client";

import { AlertDialog as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { Button } from "./button.tsx";

type AlertDialogProps = {
  open?: boolean;
  onOpenChange?: (isOpen: boolean) => void;
  trigger?: ReactNode;
  title: ReactNode;
  /** What it will touch, with the number. */
  description: ReactNode;
  /** Names the act: "Stop 1,284 people". */
  confirmLabel: ReactNode;
  cancelLabel: ReactNode;
  isDanger?: boolean;
  isBusy?: boolean;
  onConfirm: () => void;
};

/** Asks once before something wide or destructive. Focus starts on Cancel. */
export function AlertDialog(props: AlertDialogProps) {
  const { open, onOpenChange, trigger, title, description, confirmLabel, cancelLabel, isDanger, isBusy, onConfirm } =
    props;
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      {trigger ? <Radix.Trigger asChild>{trigger}</Radix.Trigger> : null}
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-50 animate-fade-in bg-scrim" />
        <Radix.Content className="floating fixed inset-x-4 top-1/2 z-50 mx-auto max-w-md -translate-y-1/2 rounded-lg border border-border bg-raised p-5">
          <Radix.Title className="text-h2">{title}</Radix.Title>
          <Radix.Description asChild>
            <div className="mt-1.5 text-secondary">{description}</div>
          </Radix.Description>
          <div className="mt-5 flex flex-wrap justify-end gap-2">
            <Radix.Cancel asChild>
              <Button>{cancelLabel}</Button>
            </Radix.Cancel>
            <Radix.Action asChild>
              <Button variant={isDanger ? "danger" : "primary"} isBusy={isBusy} onClick={onConfirm}>
                {confirmLabel}
              </Button>
            </Radix.Action>
          </div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
