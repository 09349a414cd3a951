import type { ReactNode } from "react";
import { cn } from "./cn.ts";

type PageHeaderProps = {
  title: ReactNode /** Beside the title: a chip. */;
  aside?: ReactNode;
  description?: ReactNode /** At the right; one filled button at most. */;
  actions?: ReactNode;
  /** The description may be as long as the line: a state to read at a glance, not prose. */
  isWide?: boolean;
  className?: string;
};

export function PageHeader({ title, aside, description, actions, isWide, className }: PageHeaderProps) {
  return (
    <div className={cn("flex flex-wrap items-start justify-between gap-x-6 gap-y-3", className)}>
      <div className={cn("min-w-0", isWide && "flex-1 basis-80")}>
        <div className="flex flex-wrap items-center gap-2.5">
          <h1 className="text-h1">{title}</h1>
          {aside}
        </div>
        {description ? (
          <p className={cn("mt-0.5 text-secondary text-sm", isWide ? "max-w-5xl" : "max-w-2xl")}>{description}</p>
        ) : null}
      </div>
      {actions ? <div className="flex flex-wrap items-center gap-2">{actions}</div> : null}
    </div>
  );
}

/** The work area of a list or a form: gutter 24, at most 1280 wide. */
export function Page({ children, className }: { children: ReactNode; className?: string }) {
  return <div className={cn("mx-auto w-full max-w-[1328px] px-4 pt-4 pb-12 md:px-6", className)}>{children}</div>;
}
