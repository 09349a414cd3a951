"use client";

import type { LucideIcon } from "lucide-react";
import {
  Ban,
  Check,
  CircleSlash,
  Clock,
  FastForward,
  Flag,
  Gauge,
  Headset,
  HelpCircle,
  MessageSquareOff,
  PauseCircle,
  Undo2,
  Unplug,
  X,
  Zap,
} from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "#components/ui/button.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Popover } from "#components/ui/popover.tsx";
import { nextWaitAt } from "#flow/simulate.ts";
import type { Fault, Simulation } from "#flow/simulation/simulation.ts";
import { useEditorWorld } from "../editor-world.tsx";
import { SaveCase } from "./cases/save-case.tsx";
import { EventEditor, useEventDraft } from "./event-editor.tsx";
import type { TestRun } from "./use-test-run.ts";

const faults: { fault: Fault; icon: LucideIcon }[] = [
  { fault: "provider-down", icon: Unplug },
  { fault: "undelivered", icon: MessageSquareOff },
  { fault: "no-status", icon: HelpCircle },
  { fault: "template-paused", icon: PauseCircle },
];

/** Of steps that not every flow has. */
const stepFaults = {
  runs: { fault: "flow-paused", icon: PauseCircle },
  paces: { fault: "no-turn", icon: Gauge },
} as const;

/** The virtual clock, the jump to what comes next, and things that go wrong on demand. */
export function RunControls({ run }: { run: TestRun }) {
  const t = useTranslations("flowEditor.test");
  const { sim, times, act, back } = run;
  const until = sim ? nextWaitAt(sim) : null;
  return (
    <footer className="shrink-0 space-y-2.5 border-border border-t px-4 py-3">
      <div className="flex flex-wrap items-center gap-2">
        <Clock aria-hidden className="size-4 text-secondary" />
        <span className="font-medium text-sm">{sim ? `${times.day(sim.now)}, ${times.time(sim.now)}` : "–"}</span>
        <span className="text-secondary text-xs max-[1279px]:hidden">{t("virtualClock")}</span>
        <span className="flex-1" />
        <IconButton icon={Undo2} label={t("back")} side="top" disabled={!back} onClick={() => back?.()} />
        <SaveCase run={run} />
        <Button
          variant="primary"
          disabled={until === null}
          title={until === null ? t("nothingWaits") : undefined}
          onClick={() => act({ kind: "skip" })}
        >
          <FastForward aria-hidden />
          {until === null ? t("skipNone") : t("skipTo", { time: times.moment(until) })}
        </Button>
      </div>
      <div className="flex flex-wrap items-center gap-1.5">
        <span className="mr-1 text-secondary text-sm">{t("inject")}</span>
        {[...faults, ...faultsOfSteps(sim)].map(({ fault, icon }) => (
          <ChipButton
            key={fault}
            icon={sim?.fault === fault ? X : icon}
            isOn={sim?.fault === fault}
            disabled={!sim}
            label={t(`faults.${fault}`)}
            onClick={() => (sim?.fault === fault ? run.clearFault() : act({ kind: "inject", fault }))}
          />
        ))}
        <ChipButton
          icon={Ban}
          disabled={!sim}
          label={t("typesStop")}
          onClick={() => act({ kind: "inject", fault: "STOP" })}
        />
        <AnotherEvent run={run} />
        {sim && sim.handOffs.length > 0 ? (
          <ChipButton icon={Headset} label={t("resolve")} onClick={() => act({ kind: "resolve-hand-off" })} />
        ) : null}
        {sim && sim.running.length > 0
          ? (["done", "exited"] as const).map((outcome) => (
              <ChipButton
                key={outcome}
                icon={outcome === "done" ? Flag : CircleSlash}
                label={t(`endFlow.${outcome}`)}
                onClick={() => act({ kind: "end-flow", outcome })}
              />
            ))
          : null}
      </div>
    </footer>
  );
}

function faultsOfSteps(sim: Simulation | null): { fault: Fault; icon: LucideIcon }[] {
  const nodes = [...(sim?.flow.nodes.values() ?? [])];
  return [
    ...(nodes.some(({ node }) => node?.starts) ? [stepFaults.runs] : []),
    ...(nodes.some(({ node }) => node?.paces) ? [stepFaults.paces] : []),
  ];
}

type ChipButtonProps = { icon: LucideIcon; label: string; isOn?: boolean; disabled?: boolean; onClick?: () => void };

function ChipButton({ icon: Icon, label, isOn, ...rest }: ChipButtonProps) {
  return (
    <Button
      size="dense"
      aria-pressed={isOn}
      className="rounded-full px-2 font-normal aria-pressed:border-warning-border aria-pressed:bg-warning-tint aria-pressed:text-warning"
      {...rest}
    >
      <Icon aria-hidden className="text-secondary" />
      {label}
    </Button>
  );
}

function AnotherEvent({ run }: { run: TestRun }) {
  const t = useTranslations("flowEditor.test");
  const { events } = useEditorWorld();
  const draft = useEventDraft(events[0]?.name ?? "");
  const [isOpen, setOpen] = useState(false);
  const { name, properties } = draft;
  return (
    <Popover
      open={isOpen}
      onOpenChange={setOpen}
      align="end"
      side="top"
      className="w-96"
      trigger={
        <Button size="dense" className="rounded-full px-2 font-normal" disabled={!run.sim}>
          <Zap aria-hidden className="text-secondary" />
          {t("anotherEvent")}
        </Button>
      }
    >
      <EventEditor draft={draft} />
      <Button
        variant="primary"
        className="mt-3 w-full"
        disabled={!name || !properties}
        onClick={() => {
          if (properties) run.act({ kind: "event", name, properties });
          setOpen(false);
        }}
      >
        <Check aria-hidden />
        {t("fire")}
      </Button>
    </Popover>
  );
}
