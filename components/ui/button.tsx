import { cva, type VariantProps } from "class-variance-authority";
import { Slot } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./cn.ts";
import { Spinner } from "./spinner.tsx";

const button = cva(
  "inline-flex shrink-0 select-none items-center justify-center gap-1.5 whitespace-nowrap rounded-md border font-medium text-sm transition-colors duration-100 disabled:pointer-events-none disabled:opacity-50 aria-disabled:opacity-50 aria-busy:[&>svg+svg]:hidden [&_svg]:shrink-0",
  {
    variants: {
      variant: {
        primary: "border-transparent bg-accent text-on-accent hover:bg-accent-hover",
        outline: "border-border-strong bg-surface text-ink hover:bg-hover",
        quiet: "border-transparent bg-transparent text-secondary hover:bg-hover hover:text-ink",
        danger: "border-transparent bg-danger text-white hover:bg-danger-hover dark:text-on-accent",
        link: "h-auto! rounded-xs border-transparent px-0! text-accent underline-offset-2 hover:underline",
      },
      size: {
        dense: "h-7 px-2.5 [&_svg]:size-3.5",
        normal: "h-8 px-3 [&_svg]:size-4",
        large: "h-10 px-4 text-base [&_svg]:size-4",
      },
    },
    defaultVariants: { variant: "outline", size: "normal" },
  },
);

export type ButtonProps = ComponentProps<"button"> &
  VariantProps<typeof button> & {
    /** Draws the only child (a link) as a button. */
    asChild?: boolean;
    /** Shows a spinner and takes no second press. */
    isBusy?: boolean;
  };

export function Button({
  className,
  variant,
  size,
  asChild,
  isBusy,
  children,
  disabled,
  type = "button",
  ...rest
}: ButtonProps) {
  const classes = cn(button({ variant, size }), className);
  if (asChild) {
    return (
      <Slot.Root className={classes} {...rest}>
        {children}
      </Slot.Root>
    );
  }
  return (
    <button type={type} className={classes} disabled={disabled || isBusy} aria-busy={isBusy || undefined} {...rest}>
      {isBusy ? <Spinner /> : null}
      {children}
    </button>
  );
}
