import type { KeyboardEvent } from "react";

const keys = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"];

/** Arrow keys walk the links marked `data-flow-link` as they lie on the screen: to the next in the row, or the nearest in the next row. */
export function walkLinks(event: KeyboardEvent<HTMLElement>): void {
  if (!keys.includes(event.key)) return;
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>("[data-flow-link]")];
  const here = links.indexOf(document.activeElement as HTMLElement);
  if (here < 0) return;
  event.preventDefault();
  const next =
    event.key === "ArrowLeft"
      ? here - 1
      : event.key === "ArrowRight"
        ? here + 1
        : nearest(links, here, event.key === "ArrowDown");
  links[next]?.focus();
}

function nearest(links: HTMLElement[], here: number, isDown: boolean): number {
  const boxes = links.map((link) => (link.closest("li, tr") ?? link).getBoundingClientRect());
  const from = boxes[here];
  if (!from) return here;
  const beyond = boxes
    .map((box, index) => ({ index, down: box.top - from.top, across: Math.abs(box.left - from.left) }))
    .filter(({ down }) => (isDown ? down > 1 : down < -1));
  beyond.sort((a, b) => Math.abs(a.down) - Math.abs(b.down) || a.across - b.across);
  return beyond[0]?.index ?? here;
}
