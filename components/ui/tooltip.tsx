"use client";

import { Tooltip as Radix } from "radix-ui";
import type { ReactNode } from "react";

export const TooltipProvider = ({ children }: { children: ReactNode }) => (
  <Radix.Provider delayDuration={350} skipDelayDuration={200}>
    {children}
  </Radix.Provider>
);

type TooltipProps = {
  text: ReactNode;
  shortcut?: ReactNode;
  side?: "top" | "right" | "bottom" | "left";
  children: ReactNode;
};

/** Words on hover and focus for its only child. Never the only place where something is said. */
export function Tooltip({ text, shortcut, side = "top", children }: TooltipProps) {
  if (!text) return children;
  return (
    <Radix.Root>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          side={side}
          sideOffset={6}
          collisionPadding={8}
          className="floating z-60 flex max-w-72 animate-fade-in items-center gap-2 rounded-sm bg-ink px-2 py-1 text-bg text-xs"
        >
          {text}
          {shortcut ? <span className="text-bg/70">{shortcut}</span> : null}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
