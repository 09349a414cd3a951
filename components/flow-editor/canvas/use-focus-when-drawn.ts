"use client";

import { type RefObject, useEffect } from "react";

const mostFrames = 40;

/** Gives a field on the canvas the keyboard. React Flow hides what is new until it is measured, and what is hidden takes no focus. */
export function useFocusWhenDrawn(field: RefObject<HTMLInputElement | HTMLTextAreaElement | null>): void {
  useEffect(() => {
    let frames = 0;
    let next = 0;
    const focus = () => {
      field.current?.focus({ preventScroll: true });
      if (document.activeElement === field.current) field.current?.select();
      else if (frames++ < mostFrames) next = requestAnimationFrame(focus);
    };
    focus();
    return () => cancelAnimationFrame(next);
  }, [field]);
}
