"use client";

import { useEffect, useRef, useState } from "react";

/** A place's own width in pixels, so that a picture's text keeps its size; `usual` until the browser has measured it. */
export function useWidth(usual = 440, least = 280) {
  const ref = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(usual);
  useEffect(() => {
    if (!ref.current) return;
    const observer = new ResizeObserver(([entry]) =>
      setWidth(Math.max(least, Math.floor(entry?.contentRect.width ?? usual))),
    );
    observer.observe(ref.current);
    return () => observer.disconnect();
  }, [usual, least]);
  return { ref, width };
}
