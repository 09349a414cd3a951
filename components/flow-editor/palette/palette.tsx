"use client";

import { GripVertical, Search, X } from "lucide-react";
import { type KeyboardEvent, useState } from "react";
import { useTranslations } from "use-intl";
import { StepIcon } from "#components/flow-canvas/step-icon.tsx";
import { useStepWords } from "#components/flow-words/use-step-words.ts";
import { Button } from "#components/ui/button.tsx";
import { cn } from "#components/ui/cn.ts";
import { controlClasses } from "#components/ui/input.tsx";
import { Kbd } from "#components/ui/kbd.tsx";
import { families } from "#flow/define-node.ts";
import { nodeTypes } from "#flow/nodes/index.ts";
import { useEditorActions } from "../editor-state/editor-context.tsx";
import { dragType } from "./drag-type.ts";
import { paletteGroups } from "./palette-groups.ts";
import { paletteSearchId } from "./palette-search-id.ts";

/** All kinds of steps: drag one onto the canvas, or press it to add it after the chosen step. */
export function Palette() {
  const t = useTranslations("flowEditor.palette");
  const words = useStepWords();
  const [search, setSearch] = useState("");
  const wanted = search.trim().toLowerCase();
  const fits = (type: string) => `${words.typeTitle(type)} ${type}`.toLowerCase().includes(wanted);
  const groups = paletteGroups(
    nodeTypes.filter((node) => fits(node.type)),
    families,
    false,
  );
  return (
    <nav
      aria-label={t("label")}
      className="flex w-52 shrink-0 flex-col border-border border-r bg-surface max-[1099px]:w-48"
    >
      <div className="p-2 pt-3">
        <SearchBox value={search} onChange={setSearch} />
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto px-2 pb-3">
        {groups.map(({ group, types }) => (
          <section key={group} aria-label={t(`groups.${group}`)} className="mb-2">
            <h2 className="px-2 pt-1.5 pb-1 font-medium text-secondary text-sm tracking-normal">
              {t(`groups.${group}`)}
            </h2>
            {types.map(({ type }) => (
              <PaletteItem key={type} type={type} onTaken={() => setSearch("")} />
            ))}
          </section>
        ))}
        {groups.length === 0 ? (
          <div className="px-2 py-4 text-center text-secondary text-sm">
            <p>{t("nothing", { search })}</p>
            <Button size="dense" className="mt-3" onClick={() => setSearch("")}>
              {t("clear")}
            </Button>
          </div>
        ) : null}
      </div>
      <p className="px-4 pb-4 text-secondary text-xs leading-5">
        {t.rich("hint", { key: (key) => <Kbd className="mx-0.5">{key}</Kbd> })}
      </p>
    </nav>
  );
}

function PaletteItem({ type, onTaken }: { type: string; onTaken: () => void }) {
  const words = useStepWords();
  const { add } = useEditorActions();
  return (
    <button
      type="button"
      draggable
      title={words.typeHelp(type)}
      data-testid={`palette-${type}`}
      onDragStart={(event) => {
        event.dataTransfer.setData(dragType, type);
        event.dataTransfer.effectAllowed = "copy";
      }}
      onClick={() => {
        add(type);
        onTaken();
      }}
      onKeyDown={moveFocus}
      className="group flex min-h-8 w-full cursor-grab items-center gap-2.5 rounded-md px-2 text-left text-sm hover:bg-hover focus-visible:-outline-offset-2 relative"
    >
      <StepIcon type={type} isSmall />
      <span className="min-w-0 flex-1 leading-4">{words.typeTitle(type)}</span>
      <GripVertical
        aria-hidden
        className="absolute right-1 size-3.5 bg-hover text-tertiary opacity-0 group-hover:opacity-100"
      />
    </button>
  );
}

/** Arrow keys go from entry to entry, so that the palette is quick without a pointer. */
function moveFocus(event: KeyboardEvent<HTMLElement>) {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  event.preventDefault();
  event.stopPropagation();
  const items = [...(event.currentTarget.closest("nav")?.querySelectorAll<HTMLElement>("[draggable]") ?? [])];
  const at = items.indexOf(event.currentTarget);
  items[(at + (event.key === "ArrowDown" ? 1 : items.length - 1)) % items.length]?.focus();
}

function SearchBox({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const t = useTranslations("flowEditor.palette");
  return (
    <div className="relative">
      <Search aria-hidden className="pointer-events-none absolute top-2 left-2.5 size-4 text-tertiary" />
      <input
        id={paletteSearchId}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape") onChange("");
        }}
        placeholder={t("search")}
        aria-label={t("search")}
        className={cn(controlClasses, "h-8 pr-8 pl-8")}
      />
      {value ? (
        <button
          type="button"
          aria-label={t("clear")}
          onClick={() => onChange("")}
          className="absolute top-1 right-1 grid size-6 place-items-center rounded-sm text-secondary hover:bg-hover"
        >
          <X aria-hidden className="size-3.5" />
        </button>
      ) : (
        <Kbd className="pointer-events-none absolute top-1.5 right-1.5">/</Kbd>
      )}
    </div>
  );
}
