"use client";

import { EllipsisVertical } from "lucide-react";
import type { ReactNode, Ref } from "react";
import { Button } from "#components/ui/button.tsx";
import { cn } from "#components/ui/cn.ts";
import { DropdownMenu, DropdownMenuContent, DropdownMenuTrigger } from "#components/ui/dropdown-menu.tsx";
import { useEditorStore } from "../editor-state/editor-context.tsx";

type CanvasMenuProps = {
  label: string;
  onOpen?: () => void;
  ref?: Ref<HTMLButtonElement>;
  isTabStop?: boolean;
  className?: string;
  children: ReactNode;
};

/** The menu behind the three dots of what lies on the canvas. Its keys and clicks are its own and not the canvas's. */
export function CanvasMenu({ label, onOpen, ref, isTabStop = true, className, children }: CanvasMenuProps) {
  const store = useEditorStore();
  return (
    <DropdownMenu onOpenChange={(isOpen) => (isOpen ? onOpen?.() : undefined)}>
      <DropdownMenuTrigger asChild>
        <Button
          ref={ref}
          variant="quiet"
          aria-label={label}
          tabIndex={isTabStop ? 0 : -1}
          className={cn("h-6 w-5 rounded-sm px-0", className)}
        >
          <EllipsisVertical aria-hidden />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent
        align="start"
        onClick={(event) => event.stopPropagation()}
        onKeyDown={(event) => event.stopPropagation()}
        // What the menu opened (the step menu, a name to write) keeps the keyboard.
        onCloseAutoFocus={(event) => {
          const { quickAdd, editing } = store.getState();
          if (quickAdd || editing) event.preventDefault();
        }}
      >
        {children}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
