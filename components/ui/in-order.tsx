import { Fragment, type ReactNode } from "react";

/** Draws things that have no identity but their place: the parts of a text, the cards of a row, the places of what is to come. */
export function inOrder<T>(items: readonly T[], draw: (item: T, index: number) => ReactNode): ReactNode[] {
  // biome-ignore lint/suspicious/noArrayIndexKey: the place is the identity
  return items.map((item, index) => <Fragment key={index}>{draw(item, index)}</Fragment>);
}

/** The same thing several times over, as skeletons are. */
export function repeated(times: number, draw: (index: number) => ReactNode): ReactNode[] {
  return inOrder(Array.from({ length: times }), (_, index) => draw(index));
}
