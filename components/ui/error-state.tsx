import { CircleAlert, RotateCw } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "./button.tsx";
import { cn } from "./cn.ts";

type ErrorStateProps = {
  title: ReactNode;
  /** What happened, in words. */
  children?: ReactNode;
  retryLabel: string;
  onRetry?: () => void;
  className?: string;
};

/** It did not work: what happened, and one way to go on. */
export function ErrorState({ title, children, retryLabel, onRetry, className }: ErrorStateProps) {
  return (
    <div
      role="alert"
      className={cn(
        "flex flex-col items-center rounded-lg border border-danger-border bg-danger-tint px-6 py-10 text-center",
        className,
      )}
    >
      <CircleAlert aria-hidden className="mb-2 size-6 text-danger" />
      <p className="font-semibold">{title}</p>
      {children ? <div className="mt-1 max-w-md text-secondary text-sm">{children}</div> : null}
      {onRetry ? (
        <Button className="mt-4" onClick={onRetry}>
          <RotateCw aria-hidden />
          {retryLabel}
        </Button>
      ) : null}
    </div>
  );
}
