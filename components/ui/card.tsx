import type { ComponentProps } from "react";
import { cn } from "./cn.ts";

export function Card({ className, ...rest }: ComponentProps<"section">) {
  return <section className={cn("rounded-lg border border-border bg-surface", className)} {...rest} />;
}

/** Title at the left, actions at the right. */
export function CardHeader({ className, ...rest }: ComponentProps<"div">) {
  return <div className={cn("flex items-center justify-between gap-3 px-4 pt-3.5 pb-2", className)} {...rest} />;
}

export function CardTitle({ className, ...rest }: ComponentProps<"h2">) {
  return <h2 className={cn("font-semibold text-base", className)} {...rest} />;
}

export function CardBody({ className, ...rest }: ComponentProps<"div">) {
  return <div className={cn("px-4 pb-4", className)} {...rest} />;
}
