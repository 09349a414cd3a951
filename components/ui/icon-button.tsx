"use client";

import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { Button, type ButtonProps } from "./button.tsx";
import { cn } from "./cn.ts";
import { CountBadge } from "./count-badge.tsx";
import { Tooltip } from "./tooltip.tsx";

type IconButtonProps = Omit<ButtonProps, "children" | "aria-label" | "asChild"> & {
  icon: LucideIcon;
  /** Read aloud and shown as the tooltip. */
  label: string;
  shortcut?: ReactNode;
  side?: "top" | "right" | "bottom" | "left";
  /** How much waits behind it; `label` says it, too. */
  badge?: number;
};

/** A square button with only an icon: always named, always with a tooltip. */
export function IconButton({
  icon: Icon,
  label,
  shortcut,
  side = "bottom",
  size,
  variant = "quiet",
  className,
  badge = 0,
  ...rest
}: IconButtonProps) {
  return (
    <Tooltip text={label} shortcut={shortcut} side={side}>
      <Button
        aria-label={label}
        size={size}
        variant={variant}
        className={cn("relative px-0", size === "dense" ? "w-7" : size === "large" ? "w-10" : "w-8", className)}
        {...rest}
      >
        <Icon aria-hidden />
        <CountBadge count={badge} />
      </Button>
    </Tooltip>
  );
}
