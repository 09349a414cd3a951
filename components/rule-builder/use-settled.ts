"use client";

import { useEffect, useState } from "react";

/** So long after the last change people are counted. */
const restMs = 400;

/** The value as it was when nobody had changed it for a moment. While it is not ready the last one that was stays. */
export function useSettled<Value>(value: Value, isReady = true): { settled: Value; isSettled: boolean } {
  const wanted = JSON.stringify(value);
  const [settled, setSettled] = useState({ text: wanted, value });
  useEffect(() => {
    if (!isReady) return;
    const timer = setTimeout(() => setSettled({ text: wanted, value: JSON.parse(wanted) }), restMs);
    return () => clearTimeout(timer);
  }, [wanted, isReady]);
  return { settled: settled.value, isSettled: settled.text === wanted };
}
