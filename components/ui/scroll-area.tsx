import type { HTMLAttributes } from "react";
import { cn } from "./cn.ts";

type ScrollAreaProps = HTMLAttributes<HTMLElement> & {
  /** The element it is; a section or a list wants a name (`aria-label`). */
  as?: "div" | "section" | "ul" | "ol" | "pre";
};

/** A part of the page that scrolls by itself. It takes the focus, for whoever has no wheel scrolls it by the arrow keys. */
export function ScrollArea({ as: Element = "div", className, ...rest }: ScrollAreaProps) {
  return <Element tabIndex={0} className={cn("focus-visible:-outline-offset-2", className)} {...rest} />;
}
