import { type ReactNode, useId } from "react";
import { Card } from "./card.tsx";

/** One thing to set: what it is at the left, how it is set at the right. */
export function Section({ title, help, children }: { title: ReactNode; help: ReactNode; children: ReactNode }) {
  const id = useId();
  return (
    <Card aria-labelledby={id} className="grid gap-x-8 gap-y-3 px-4 py-4 md:grid-cols-[17rem_1fr]">
      <div>
        <h2 id={id} className="font-semibold text-base">
          {title}
        </h2>
        <div className="mt-0.5 text-secondary text-xs">{help}</div>
      </div>
      <div className="min-w-0 space-y-3.5">{children}</div>
    </Card>
  );
}
