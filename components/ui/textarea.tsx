import type { ComponentProps } from "react";
import { cn } from "./cn.ts";
import { controlClasses } from "./input.tsx";

export function Textarea({ className, rows = 3, ...rest }: ComponentProps<"textarea">) {
  return (
    <textarea rows={rows} className={cn(controlClasses, "block resize-y py-1.5 leading-5", className)} {...rest} />
  );
}
