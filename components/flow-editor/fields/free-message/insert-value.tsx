"use client";

import { Braces } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "#components/ui/button.tsx";
import { Popover } from "#components/ui/popover.tsx";
import { PathPicker } from "../path-field.tsx";

type InsertValueProps = {
  /** Answers the blank's name for this value. */
  nameFor: (path: string) => string;
  onInsert: (blank: string) => void;
};

/** Puts a value of the person, the event or the way so far into the text: it is picked, never typed. */
export function InsertValue({ nameFor, onInsert }: InsertValueProps) {
  const t = useTranslations("flowEditor.freeMessage");
  const [isOpen, setOpen] = useState(false);
  return (
    <Popover
      open={isOpen}
      onOpenChange={setOpen}
      className="w-72 space-y-1.5"
      trigger={
        <Button size="dense" variant="quiet" className="text-accent hover:text-accent">
          <Braces aria-hidden />
          {t("insert")}
        </Button>
      }
    >
      <p className="font-medium text-sm">{t("insertHelp")}</p>
      <PathPicker
        label={t("insertHelp")}
        value=""
        onChange={(path) => {
          setOpen(false);
          const name = nameFor(path);
          // After the popover has given the focus back.
          setTimeout(() => onInsert(`{{${name}}}`));
        }}
      />
    </Popover>
  );
}
