import type { Node } from "@xyflow/react";

const remembered = new WeakMap<Node, Node>();

/**
 * A node that stands in its place by `left` and `top` instead of React Flow's transform. Of transforms each is something of its own to
 * the browser, to be asked and put together in every frame; and within one, Chromium does not let the pointer reach what stands out of a
 * contained card (`canvas.css`), such as the outer half of a dot. The same node has the same answer: React Flow looks anew at every
 * object that it does not know. For nodes without a parent or an origin of their own, as all of ours are.
 */
export function standingAt<N extends Node>(node: N): N {
  const known = remembered.get(node);
  if (known) return known as N;
  const { x, y } = node.position;
  const placed = { ...node, style: { ...node.style, transform: "none", left: x, top: y } };
  remembered.set(node, placed);
  return placed;
}
