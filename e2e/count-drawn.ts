import type { Page } from "@playwright/test";
import { z } from "zod";

const Drawn = z.object({ cards: z.array(z.string()), lines: z.array(z.string()), fields: z.array(z.string()) });

/** What React made anew: ids of steps and edges of a canvas, names of fields of a form. */
type Drawn = z.infer<typeof Drawn>;

/**
 * Counts what React draws anew on a page of the production build, through the hook that it offers to developer tools. To be called
 * before the page is opened; the answer begins a count, and answers what was drawn since the last one.
 */
export async function countDrawn(page: Page): Promise<() => Promise<Drawn>> {
  await page.addInitScript(listen);
  return async () => Drawn.parse(await page.evaluate(() => Reflect.get(window, "takeDrawn")()));
}

/** What React keeps of a component that stands on the page. */
type Fiber = {
  tag: number;
  flags: number;
  stateNode: unknown;
  child: Fiber | null;
  sibling: Fiber | null;
  alternate: Fiber | null;
};

function listen(): void {
  const hostComponent = 5;
  // React marks so what has run in this commit, for tools like this one.
  const performedWork = 1;
  const found = { cards: new Set<string>(), lines: new Set<string>(), fields: new Set<string>() };
  const firstElement = (fiber: Fiber): Element | null => {
    for (let at: Fiber | null = fiber; at; at = at.child)
      if (at.tag === hostComponent) return at.stateNode instanceof Element ? at.stateNode : null;
    return null;
  };
  const note = (fiber: Fiber) => {
    const element = firstElement(fiber);
    const card = element?.closest(".react-flow__node")?.getAttribute("data-id");
    const line = element?.closest(".react-flow__edge")?.getAttribute("data-id");
    const field = element?.closest("[data-field]")?.getAttribute("data-field");
    if (card) found.cards.add(card);
    if (line) found.lines.add(line);
    if (field) found.fields.add(field);
  };
  const visit = (fiber: Fiber) => {
    const before = fiber.alternate;
    if (fiber.tag !== hostComponent && (fiber.flags & performedWork) !== 0) note(fiber);
    // Children that were not even looked at are the same objects as before.
    if (before && before.child === fiber.child) return;
    for (let child = fiber.child; child; child = child.sibling) visit(child);
  };
  Object.assign(window, {
    __REACT_DEVTOOLS_GLOBAL_HOOK__: {
      supportsFiber: true,
      inject: () => 1,
      onCommitFiberRoot: (_: number, root: { current: Fiber }) => visit(root.current),
      onCommitFiberUnmount: () => undefined,
      onPostCommitFiberRoot: () => undefined,
    },
    takeDrawn: () => {
      const drawn = Object.fromEntries(Object.entries(found).map(([kind, ids]) => [kind, [...ids].sort()]));
      for (const ids of Object.values(found)) ids.clear();
      return drawn;
    },
  });
}
