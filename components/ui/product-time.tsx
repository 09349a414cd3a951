"use client";

import { createContext, type ReactNode, useContext, useEffect, useState } from "react";

const Offset = createContext(0);

/** How far the product's clock runs ahead of this browser's, in milliseconds: the server's time at render minus ours. */
export function ProductTimeProvider({ serverNow, children }: { serverNow: number; children: ReactNode }) {
  const [offset, setOffset] = useState(0);
  useEffect(() => setOffset(serverNow - Date.now()), [serverNow]);
  // Network and render take a moment: an offset below two seconds is noise, not a moved clock.
  return <Offset value={Math.abs(offset) < 2000 ? 0 : offset}>{children}</Offset>;
}

/** The product's time (a demo clock may run ahead), renewed every `everyMs`. Null until the browser has taken over. */
export function useProductNow(everyMs = 15_000): Date | null {
  const offset = useContext(Offset);
  const [now, setNow] = useState<Date | null>(null);
  useEffect(() => {
    const tick = () => setNow(new Date(Date.now() + offset));
    tick();
    const timer = setInterval(tick, everyMs);
    return () => clearInterval(timer);
  }, [offset, everyMs]);
  return now;
}
