"use client";

import { createContext, type ReactNode, useContext, useState } from "react";
import { applyTheme, type Theme, themes } from "./choices.ts";

const Context = createContext<{ theme: Theme; choose: (theme: Theme) => void }>({ theme: "system", choose: () => {} });

export function ThemeProvider({ initial, children }: { initial: string; children: ReactNode }) {
  const [theme, setTheme] = useState<Theme>(themes.find((known) => known === initial) ?? "system");
  const choose = (next: Theme) => {
    applyTheme(next);
    setTheme(next);
  };
  return <Context value={{ theme, choose }}>{children}</Context>;
}

export const useTheme = () => useContext(Context);
