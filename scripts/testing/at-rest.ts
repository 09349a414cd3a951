import type { Page } from "@playwright/test";

/** Resolves when canvas and steps have stood still for a dozen frames: what glides is missed by a click, and blurred in a picture. */
export const atRest = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    const places = () =>
      [...document.querySelectorAll<HTMLElement>(".react-flow__viewport, .react-flow__node")]
        .map(({ style }) => `${style.transform} ${style.left} ${style.top}`)
        .join();
    for (let [last, frames] = [places(), 0]; frames < 12; ) {
      await new Promise(requestAnimationFrame);
      const now = places();
      frames = now === last ? frames + 1 : 0;
      last = now;
    }
  });
