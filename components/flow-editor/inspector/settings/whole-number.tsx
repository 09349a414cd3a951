"use client";

import { useState } from "react";
import { Input } from "#components/ui/input.tsx";

type WholeNumberProps = {
  value: number;
  min: number;
  max: number;
  onChange: (value: number) => void;
  id?: string;
  "aria-label"?: string;
  "aria-describedby"?: string;
};

/** A whole number within bounds. While one types the field may be empty or out of bounds; the setting never is. */
export function WholeNumber({ value, min, max, onChange, ...rest }: WholeNumberProps) {
  const [text, setText] = useState(String(value));
  const within = (typed: string) => Math.min(max, Math.max(min, Math.round(Number(typed)) || min));
  const shown = within(text) === value ? text : String(value);
  return (
    <Input
      {...rest}
      type="number"
      inputMode="numeric"
      min={min}
      max={max}
      value={shown}
      onChange={({ target }) => {
        setText(target.value);
        onChange(within(target.value));
      }}
      onBlur={() => setText(String(value))}
      className="tabular w-20"
    />
  );
}
