"use client";

import { ArrowDown, ArrowUp, CopyPlus, GripVertical, X } from "lucide-react";
import { useTranslations } from "use-intl";
import { Button } from "#components/ui/button.tsx";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "#components/ui/dropdown-menu.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { useBuilding } from "./rule-context.tsx";
import { duplicateRule, hasRoom, type Place, removeRule } from "./rule-edits.ts";

/** Beside a line or a group: what to drag it by, which is also its menu, and the way to be rid of it. Their room is always kept. */
export function LineActions({ place, label, className = "" }: { place: Place; label: string; className?: string }) {
  const t = useTranslations("ruleBuilder");
  const { root, apply, move, drag, isDisabled } = useBuilding();
  if (isDisabled) return null;
  const index = place.at(-1) ?? 0;
  return (
    <div className={`flex shrink-0 items-center @2xl:w-[60px] @2xl:justify-end ${className}`}>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button
            variant="quiet"
            size="dense"
            draggable
            onDragStart={(event) => {
              event.dataTransfer.effectAllowed = "move";
              event.dataTransfer.setData("text/plain", label);
              drag.start(place);
            }}
            onDragEnd={() => drag.start(null)}
            aria-label={t("more", { label })}
            className="w-6 cursor-grab px-0 text-tertiary"
          >
            <GripVertical aria-hidden />
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent>
          <DropdownMenuItem
            icon={CopyPlus}
            disabled={!hasRoom(root, place.slice(0, -1))}
            onSelect={() => apply(duplicateRule(root, place), [...place.slice(0, -1), index + 1])}
          >
            {t("duplicate")}
          </DropdownMenuItem>
          <DropdownMenuItem icon={ArrowUp} shortcut="Alt ↑" onSelect={() => move(place, "up")}>
            {t("moveUp")}
          </DropdownMenuItem>
          <DropdownMenuItem icon={ArrowDown} shortcut="Alt ↓" onSelect={() => move(place, "down")}>
            {t("moveDown")}
          </DropdownMenuItem>
        </DropdownMenuContent>
      </DropdownMenu>
      <IconButton
        size="dense"
        icon={X}
        label={t("remove", { label })}
        onClick={() => apply(removeRule(root, place))}
        className="w-6"
      />
    </div>
  );
}
