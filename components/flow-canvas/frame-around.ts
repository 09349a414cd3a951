/** In the canvas's own units. */
export type Size = { width: number; height: number };
export type Box = Size & { x: number; y: number };

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

type Placed = { id: string; at: { x: number; y: number } };

/**
 * What React Flow is told of a group's frame on a canvas that is only read: below all steps, and out of the pointer's way. Null until
 * all of its steps have been measured, and for a group without any.
 */
export function frameOf(
  group: { steps: readonly string[] },
  steps: readonly Placed[],
  sizes: ReadonlyMap<string, Size>,
) {
  const members = steps.filter(({ id }) => group.steps.includes(id));
  const boxes = members.flatMap(({ id, at }) => {
    const size = sizes.get(id);
    return size ? [{ ...at, ...size }] : [];
  });
  if (boxes.length === 0 || boxes.length < members.length) return null;
  const { x, y, ...size } = frameAround(boxes);
  return { position: { x, y }, ...size, measured: size, zIndex: -2000 };
}
