"use client";

import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "#components/ui/button.tsx";
import { Input } from "#components/ui/input.tsx";
import { Popover } from "#components/ui/popover.tsx";
import { toTemplateName } from "./name-field.tsx";

type InsertVariableProps = {
  variables: string[];
  samples: Record<string, string>;
  onInsert: (name: string) => void;
  trigger: ReactNode;
};

/** A blank to put where the caret stands: one that is in use, or a new one by its name. */
export function InsertVariable({ variables, samples, onInsert, trigger }: InsertVariableProps) {
  const t = useTranslations("templates.editor");
  const [isOpen, setOpen] = useState(false);
  const [name, setName] = useState("");
  const insert = (chosen: string) => {
    setOpen(false);
    setName("");
    // After the popover has given the focus back.
    setTimeout(() => onInsert(chosen));
  };
  const isUsable = /^[a-z_][a-z0-9_]*$/.test(name);
  return (
    <Popover open={isOpen} onOpenChange={setOpen} trigger={trigger} className="p-1.5">
      {variables.length > 0 ? (
        <ul className="mb-1.5 max-h-52 overflow-y-auto border-border border-b pb-1.5">
          {variables.map((variable) => (
            <li key={variable}>
              <button
                type="button"
                onClick={() => insert(variable)}
                className="flex min-h-8 w-full items-center gap-3 rounded-sm px-2 text-left text-sm hover:bg-hover focus-visible:bg-hover"
              >
                <span className="font-mono text-xs">{variable}</span>
                <span className="min-w-0 flex-1 truncate text-right text-secondary text-xs">{samples[variable]}</span>
              </button>
            </li>
          ))}
        </ul>
      ) : null}
      <form
        className="flex items-end gap-2 p-1"
        onSubmit={(event) => {
          event.preventDefault();
          // A form in a portal still belongs to the React tree around it.
          event.stopPropagation();
          if (isUsable) insert(name);
        }}
      >
        <label htmlFor="new-variable" className="min-w-0 flex-1 text-secondary text-xs">
          {t("newVariable")}
          <Input
            id="new-variable"
            isDense
            value={name}
            placeholder="first_name"
            className="mt-1 font-mono"
            onChange={(event) => setName(toTemplateName(event.target.value).slice(0, 60))}
          />
        </label>
        <Button type="submit" size="dense" disabled={!isUsable}>
          {t("insert")}
        </Button>
      </form>
    </Popover>
  );
}
