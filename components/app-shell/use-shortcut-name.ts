"use client";

import { useSyncExternalStore } from "react";

const neverChanges = () => () => {};

/** "⌘ K" or "Ctrl K", as this keyboard has it; empty on the server, which cannot know. */
export const useShortcutName = (): string =>
  useSyncExternalStore(
    neverChanges,
    () => (/Mac|iPhone|iPad/.test(navigator.userAgent) ? "⌘ K" : "Ctrl K"),
    () => "",
  );
