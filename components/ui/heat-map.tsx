"use client";

import { type KeyboardEvent, useRef, useState } from "react";
import { cn } from "./cn.ts";
import { inOrder } from "./in-order.tsx";
import { Tooltip } from "./tooltip.tsx";

/** `strength` is 0 to 1, drawn as that much of the accent; null: too little is known, and it is hatched. `words` say it whole. */
export type HeatCell = { id: string; strength: number | null; words: string; isBest?: boolean };

type HeatMapProps = {
  label: string;
  rows: { name: string; cells: HeatCell[] }[];
  /** Words below a column, where there are any. */
  columnWords: readonly (string | null)[];
  onOpen?: (cell: HeatCell) => void;
};

/** Hours by weekdays, or the like. The arrow keys walk from cell to cell. */
export function HeatMap({ label, rows, columnWords, onOpen }: HeatMapProps) {
  const [current, setCurrent] = useState({ row: 0, column: 0 });
  const grid = useRef<HTMLTableElement>(null);
  const walk = (event: KeyboardEvent) => {
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    const row = Math.min(rows.length - 1, Math.max(0, current.row + step[0]));
    const column = Math.min(columnWords.length - 1, Math.max(0, current.column + step[1]));
    setCurrent({ row, column });
    grid.current?.querySelector<HTMLElement>(`[data-place="${row}-${column}"]`)?.focus();
  };
  return (
    <table
      ref={grid}
      aria-label={label}
      onKeyDown={walk}
      className="w-full table-fixed border-separate border-spacing-[2px] text-mini"
    >
      <tbody>
        {rows.map(({ name, cells }, row) => (
          <tr key={name}>
            <th scope="row" className="w-9 pr-1 text-left font-normal text-secondary">
              {name}
            </th>
            {cells.map((cell, column) => (
              <td key={cell.id} className="p-0">
                <Tooltip text={cell.words}>
                  <button
                    type="button"
                    data-place={`${row}-${column}`}
                    tabIndex={current.row === row && current.column === column ? 0 : -1}
                    aria-label={cell.words}
                    onFocus={() => setCurrent({ row, column })}
                    onClick={onOpen && cell.strength !== null ? () => onOpen(cell) : undefined}
                    className={cn(
                      "block h-[26px] w-full rounded-xs",
                      cell.strength === null && "hatched",
                      cell.isBest && "outline outline-2 outline-ink outline-offset-[-1px]",
                    )}
                    style={cell.strength === null ? undefined : { background: shade(cell.strength) }}
                  />
                </Tooltip>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
      <tfoot aria-hidden>
        <tr>
          <td />
          {inOrder(columnWords, (words) => (
            <td className="tabular relative h-4 p-0 text-secondary">
              {words ? <span className="absolute left-0 whitespace-nowrap">{words}</span> : null}
            </td>
          ))}
        </tr>
      </tfoot>
    </table>
  );
}

const steps: Record<string, [number, number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** From a breath of the accent to the whole of it. */
export const shade = (strength: number): string =>
  `color-mix(in srgb, var(--accent) ${Math.round(8 + strength * 84)}%, var(--surface))`;
