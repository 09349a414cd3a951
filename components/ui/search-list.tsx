"use client";

import { Command } from "cmdk";
import { Popover } from "radix-ui";
import type { KeyboardEventHandler, ReactNode } from "react";

export const searchLine = "flex min-h-8 items-center gap-2 rounded-sm px-2 py-1 text-sm data-[selected=true]:bg-hover";

type SearchListProps = {
  typed: string;
  onTyped: (typed: string) => void;
  searchPlaceholder: string;
  /** Said when nothing fits what was typed. */
  emptyText: string;
  onKeyDown?: KeyboardEventHandler;
  /** Takes what was typed as it is; its words. Null: it cannot be taken. */
  create: { label: string; take: () => void } | null;
  children: ReactNode;
};

/** What drops down from a field that is searched by typing: the field to type in, what fits, and what was typed itself. */
export function SearchList({
  typed,
  onTyped,
  searchPlaceholder,
  emptyText,
  onKeyDown,
  create,
  children,
}: SearchListProps) {
  return (
    <Popover.Portal>
      <Popover.Content
        align="start"
        sideOffset={4}
        collisionPadding={8}
        className="floating z-50 w-(--radix-popover-trigger-width) min-w-56 animate-rise-in rounded-md border border-border bg-raised"
      >
        <Command label={searchPlaceholder}>
          <Command.Input
            value={typed}
            onValueChange={onTyped}
            onKeyDown={onKeyDown}
            placeholder={searchPlaceholder}
            className="h-9 w-full border-border border-b bg-transparent px-3 text-sm outline-none placeholder:text-tertiary"
          />
          <Command.List className="max-h-64 overflow-y-auto p-1">
            <Command.Empty className="px-2 py-3 text-center text-secondary text-sm">{emptyText}</Command.Empty>
            {children}
            {create ? (
              <Command.Item
                forceMount
                value={`create ${typed}`}
                onSelect={create.take}
                className="flex min-h-8 items-center rounded-sm px-2 py-1 text-accent text-sm data-[selected=true]:bg-hover"
              >
                {create.label}
              </Command.Item>
            ) : null}
          </Command.List>
        </Command>
      </Popover.Content>
    </Popover.Portal>
  );
}
