"use client";

import { Plus, X } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "#components/ui/button.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";

/** One entry of a list setting: a quiet frame with its remove button. */
export function ListItem({
  removeLabel,
  onRemove,
  children,
}: {
  removeLabel: string;
  onRemove: (() => void) | null;
  children: ReactNode;
}) {
  return (
    <div className="group/item relative rounded-md border border-border bg-sunken/50 p-2.5">
      <div className="space-y-2 group-has-[[data-remove]]/item:[&>*:first-child]:w-[calc(100%-1.75rem)]">
        {children}
      </div>
      {onRemove ? (
        <IconButton
          size="dense"
          icon={X}
          label={removeLabel}
          onClick={onRemove}
          data-remove
          className="absolute top-1.5 right-1 w-6"
        />
      ) : null}
    </div>
  );
}

export function AddItem({ children, onClick }: { children: ReactNode; onClick: () => void }) {
  return (
    <Button size="dense" variant="quiet" className="-ml-1.5 px-1.5 text-accent" onClick={onClick}>
      <Plus aria-hidden />
      {children}
    </Button>
  );
}
