import type { ComponentProps } from "react";
import { cn } from "./cn.ts";

/** A table in its card; scrolls sideways on small screens and never squeezes its columns. */
export function Table({ className, ...rest }: ComponentProps<"table">) {
  return (
    <div className="overflow-x-auto rounded-lg border border-border bg-surface">
      <table className={cn("w-full border-collapse text-left text-sm", className)} {...rest} />
    </div>
  );
}

export function TableHead({ className, ...rest }: ComponentProps<"thead">) {
  return <thead className={cn("bg-sunken/60 text-secondary", className)} {...rest} />;
}

export function TableBody({ className, ...rest }: ComponentProps<"tbody">) {
  return <tbody className={cn("[&>tr:last-child]:border-b-0", className)} {...rest} />;
}

type RowProps = ComponentProps<"tr"> & {
  /** Chosen or under the keyboard: an accent bar at the left. */ isCurrent?: boolean;
};

export function TableRow({ className, isCurrent, ...rest }: RowProps) {
  return (
    <tr
      className={cn(
        "border-border border-b",
        isCurrent && "bg-hover shadow-[inset_2px_0_0_var(--accent)]",
        rest.onClick && "cursor-pointer hover:bg-hover",
        className,
      )}
      {...rest}
    />
  );
}

type HeadCellProps = ComponentProps<"th"> & { isNumber?: boolean };

export function TableHeadCell({ className, isNumber, ...rest }: HeadCellProps) {
  return (
    <th
      scope="col"
      className={cn("h-[34px] whitespace-nowrap px-4 font-medium", isNumber && "text-right", className)}
      {...rest}
    />
  );
}

type CellProps = ComponentProps<"td"> & { isNumber?: boolean };

export function TableCell({ className, isNumber, ...rest }: CellProps) {
  return <td className={cn("px-4 py-2.5 align-middle", isNumber && "tabular text-right", className)} {...rest} />;
}
