"use client";

/** The right drawer where one plays a person through the flow. */
export function TestBench() {
  return null;
}
