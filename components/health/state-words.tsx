import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "#components/ui/cn.ts";

const inks = { success: "text-success", warning: "text-warning", danger: "text-danger", neutral: "text-secondary" };

type StateWordsProps = { tone: keyof typeof inks; icon: LucideIcon; children: ReactNode; className?: string };

/** A state in a table: icon, word and colour, without a frame. */
export function StateWords({ tone, icon: Icon, children, className }: StateWordsProps) {
  return (
    <span className={cn("flex items-center gap-1.5 whitespace-nowrap font-medium", inks[tone], className)}>
      <Icon aria-hidden className="size-4 shrink-0" strokeWidth={1.75} />
      {children}
    </span>
  );
}
