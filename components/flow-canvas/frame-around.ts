/** A box in the canvas's own units. */
export type Box = { x: number; y: number; width: number; height: number };

const padding = { side: 20, top: 46, bottom: 24 };

/** The frame of a group: around its steps, with room for its title above them. */
export function frameAround(boxes: readonly Box[]): Box {
  const left = Math.min(...boxes.map(({ x }) => x));
  const top = Math.min(...boxes.map(({ y }) => y));
  const right = Math.max(...boxes.map(({ x, width }) => x + width));
  const bottom = Math.max(...boxes.map(({ y, height }) => y + height));
  return {
    x: left - padding.side,
    y: top - padding.top,
    width: right - left + 2 * padding.side,
    height: bottom - top + padding.top + padding.bottom,
  };
}
