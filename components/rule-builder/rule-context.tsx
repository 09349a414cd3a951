"use client";

import { createContext, type ReactNode, useContext } from "react";
import type { Rule } from "#flow/rule.ts";
import type { Place } from "./rule-edits.ts";
import type { RuleField } from "./value-kind.ts";

/** What every line of one builder shares. */
export type Building = {
  root: Rule;
  fields: readonly RuleField[];
  fieldOf: (path: string) => RuleField;
  /** IANA zone in which moments are shown and typed. */
  zone: string;
  isDisabled: boolean;
  /** Puts a changed rule in place; `focus`: the line that has the keyboard afterwards. */
  apply: (rule: Rule, focus?: Place) => void;
  move: (place: Place, direction: "up" | "down") => void;
  /** At the right of a line: how many people are left after it. */
  left: ((place: Place) => ReactNode) | null;
  drag: {
    from: Place | null;
    over: Place | null;
    start: (from: Place | null) => void;
    hover: (over: Place | null) => void;
    drop: () => void;
  };
};

const Context = createContext<Building | null>(null);

export const BuildingProvider = ({ building, children }: { building: Building; children: ReactNode }) => (
  <Context value={building}>{children}</Context>
);

export function useBuilding(): Building {
  const building = useContext(Context);
  if (!building) throw new Error("A line of a rule stands outside its builder.");
  return building;
}
