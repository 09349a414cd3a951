"use client";

import type { ReactNode } from "react";
import type { FlowSettings } from "#flow/graph.ts";

/** What each part of the flow's settings gets. Changes of one `burst` are undone as one. */
export type SettingsProps = {
  settings: FlowSettings;
  onChange: (change: Partial<FlowSettings>, burst?: string) => void;
};

type SettingsSectionProps = { title: string; field: string; help?: ReactNode; children: ReactNode };

/** One part of the flow's settings; `field` is what a finding points at. */
export function SettingsSection({ title, field, help, children }: SettingsSectionProps) {
  return (
    <section className="space-y-2" data-field={field}>
      <h3 className="font-semibold text-sm tracking-normal">{title}</h3>
      {children}
      {help ? <p className="text-secondary text-xs">{help}</p> : null}
    </section>
  );
}
