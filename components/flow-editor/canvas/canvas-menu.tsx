"use client";

import { EllipsisVertical } from "lucide-react";
import { type ReactNode, type RefObject, useRef, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { cn } from "#components/ui/cn.ts";
import { DropdownMenu, DropdownMenuContent, DropdownMenuTrigger } from "#components/ui/dropdown-menu.tsx";
import { useEditorStore } from "../editor-state/editor-context.tsx";

type CanvasMenuProps = {
  label: string;
  onOpen?: () => void;
  ref?: RefObject<HTMLButtonElement | null>;
  isTabStop?: boolean;
  className?: string;
  children: ReactNode;
};

/**
 * The menu behind the three dots of what lies on the canvas. Its keys and clicks are its own and not the canvas's. There are
 * hundreds of them and one is opened: until somebody points at it or comes to it by keyboard it is a button and nothing else.
 */
export function CanvasMenu({ label, onOpen, ref, isTabStop = true, className, children }: CanvasMenuProps) {
  const store = useEditorStore();
  const own = useRef<HTMLButtonElement>(null);
  const button = ref ?? own;
  const [isNear, setNear] = useState(false);
  const [isOpen, setOpen] = useState(false);
  const open = () => {
    setNear(true);
    setOpen(true);
    onOpen?.();
  };
  return (
    <span className="relative inline-flex shrink-0">
      <Button
        ref={button}
        variant="quiet"
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        tabIndex={isTabStop ? 0 : -1}
        className={cn("h-6 w-5 rounded-sm px-0", className)}
        onPointerEnter={() => setNear(true)}
        onFocus={() => setNear(true)}
        onClick={(event) => {
          event.stopPropagation();
          open();
        }}
        onKeyDown={(event) => {
          if (event.key !== "ArrowDown") return;
          event.preventDefault();
          event.stopPropagation();
          open();
        }}
      >
        <EllipsisVertical aria-hidden />
      </Button>
      {isNear ? (
        <DropdownMenu open={isOpen} onOpenChange={setOpen}>
          <DropdownMenuTrigger asChild>
            <span aria-hidden className="pointer-events-none absolute inset-0" />
          </DropdownMenuTrigger>
          <DropdownMenuContent
            align="start"
            aria-labelledby={undefined}
            aria-label={label}
            onClick={(event) => event.stopPropagation()}
            onKeyDown={(event) => event.stopPropagation()}
            onCloseAutoFocus={(event) => {
              event.preventDefault();
              const { quickAdd, editing } = store.getState();
              // What the menu opened (the step menu, a name to write) keeps the keyboard.
              if (!quickAdd && !editing) button.current?.focus();
            }}
          >
            {children}
          </DropdownMenuContent>
        </DropdownMenu>
      ) : null}
    </span>
  );
}
