"use client";

import { type KeyboardEvent, type PointerEvent, useState } from "react";

const usual = 648;
const [least, most] = [520, 760];
const stepPx = 16;

export type DrawerWidth = { px: number; setPx: (px: number) => void };

/** How wide the drawer is; kept while the editor is open. */
export function useWidth(): DrawerWidth {
  const [px, set] = useState(usual);
  return { px, setPx: (wanted) => set(Math.min(most, Math.max(least, Math.round(wanted)))) };
}

/** The left edge of the drawer: dragged, or moved by the arrow keys. Narrow screens have tabs instead. */
export function WidthHandle({ px, setPx, label }: DrawerWidth & { label: string }) {
  const drag = (event: PointerEvent<HTMLDivElement>) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const right = event.currentTarget.parentElement?.getBoundingClientRect().right ?? 0;
    setPx(right - event.clientX);
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === "ArrowLeft") setPx(px + stepPx);
    else if (event.key === "ArrowRight") setPx(px - stepPx);
    else if (event.key === "Home") setPx(most);
    else if (event.key === "End") setPx(least);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a line that is dragged is no rule between texts
    <div
      role="separator"
      aria-orientation="vertical"
      aria-label={label}
      aria-valuenow={px}
      aria-valuemin={least}
      aria-valuemax={most}
      tabIndex={0}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={drag}
      onDoubleClick={() => setPx(usual)}
      onKeyDown={press}
      className="absolute inset-y-0 -left-1 z-10 w-2 cursor-col-resize touch-none hover:bg-accent/20 focus-visible:bg-accent/30 max-[1279px]:hidden"
    />
  );
}
