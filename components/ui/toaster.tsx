"use client";

import { CircleAlert, CircleCheck, Info, TriangleAlert } from "lucide-react";
import { Toaster as Sonner, toast } from "sonner";

export { toast };

/** Where toasts appear: bottom right, above everything, in our own colours. */
export function Toaster({ label }: { label: string }) {
  return (
    <Sonner
      position="bottom-right"
      containerAriaLabel={label}
      icons={{
        success: <CircleCheck className="size-4 text-success" />,
        error: <CircleAlert className="size-4 text-danger" />,
        warning: <TriangleAlert className="size-4 text-warning" />,
        info: <Info className="size-4 text-info" />,
      }}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            "floating flex w-90 max-w-full items-start gap-2.5 rounded-lg border border-border bg-raised p-3.5 font-sans text-sm text-ink",
          title: "font-medium",
          description: "text-secondary",
          content: "min-w-0 flex-1",
          icon: "mt-px shrink-0",
          actionButton: "h-7 shrink-0 rounded-md border border-border-strong px-2.5 font-medium hover:bg-hover",
          closeButton: "text-secondary",
        },
      }}
    />
  );
}
