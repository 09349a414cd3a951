import Link from "next/link";
import type { ReactNode } from "react";
import { inOrder } from "./in-order.tsx";

export type Crumb = { label: ReactNode; href?: string };

/** Where we are; the last one is the page itself. */
export function Breadcrumb({ crumbs, label }: { crumbs: Crumb[]; label: string }) {
  return (
    <nav aria-label={label} className="min-w-0">
      <ol className="flex min-w-0 items-center gap-2 text-sm">
        {inOrder(crumbs, (crumb, index) => (
          <>
            {index > 0 ? (
              <li aria-hidden className="text-tertiary">
                /
              </li>
            ) : null}
            <li className="min-w-0 truncate">
              {crumb.href && index < crumbs.length - 1 ? (
                <Link href={crumb.href} className="rounded-xs text-secondary hover:text-ink">
                  {crumb.label}
                </Link>
              ) : (
                <span aria-current="page" className="font-medium">
                  {crumb.label}
                </span>
              )}
            </li>
          </>
        ))}
      </ol>
    </nav>
  );
}
