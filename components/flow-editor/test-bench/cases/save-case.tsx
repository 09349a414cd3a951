"use client";

import { BookmarkPlus } from "lucide-react";
import { type FormEvent, useState } from "react";
import { toast } from "sonner";
import { useTranslations } from "use-intl";
import { useErrorWords } from "#components/trpc-provider/use-error-words.ts";
import { Button } from "#components/ui/button.tsx";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Popover } from "#components/ui/popover.tsx";
import { type OutcomeName, outcomeNames, outcomesOf } from "#flow/flow-case.ts";
import { useEditor } from "../../editor-state/editor-context.tsx";
import type { TestRun } from "../use-test-run.ts";
import { useCases } from "./use-cases.ts";
import { useOutcomeWords } from "./use-outcome-words.ts";

const usual: readonly OutcomeName[] = ["path", "messages", "end"];

/** Keeps the run as a case: a name, and which of its outcomes count. */
export function SaveCase({ run }: { run: TestRun }) {
  const t = useTranslations("flowEditor.test.cases");
  const errorWords = useErrorWords();
  const canEdit = useEditor((state) => state.canEdit);
  const words = useOutcomeWords();
  const { save, isBusy } = useCases();
  const [isOpen, setOpen] = useState(false);
  const [name, setName] = useState("");
  const [counted, setCounted] = useState<readonly OutcomeName[]>(usual);
  const { recorded } = run;
  const outcomes = recorded && outcomesOf(recorded.sim);
  if (!canEdit) return null;
  const keep = async (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    if (!recorded || !outcomes) return;
    const { facts, ...person } = recorded.start.person;
    // A case outlives people: it keeps what the flow decides by, and not whom it was tried with.
    const standIn = { name: t("standIn"), facts: { ...facts, firstName: facts.firstName && t("standIn") } };
    try {
      await save({
        name: name.trim(),
        start: { ...recorded.start, person: { ...person, ...standIn } },
        actions: recorded.actions,
        expected: Object.fromEntries(counted.map((outcome) => [outcome, outcomes[outcome]])),
      });
      toast.success(t("saved", { name: name.trim() }));
      setOpen(false);
      setName("");
    } catch (error) {
      toast.error(t("notSaved"), { description: errorWords(error) });
    }
  };
  return (
    <Popover
      open={isOpen}
      onOpenChange={setOpen}
      align="end"
      side="top"
      className="w-96"
      trigger={
        <Button disabled={!recorded} title={recorded ? undefined : t("nothingToSave")}>
          <BookmarkPlus aria-hidden />
          {t("save")}
        </Button>
      }
    >
      <form onSubmit={keep} className="space-y-3">
        <Field label={t("name")} help={t("nameHelp")}>
          <Input value={name} maxLength={120} onChange={({ target }) => setName(target.value)} />
        </Field>
        <fieldset className="space-y-2">
          <legend className="mb-1.5 font-medium text-sm">{t("counts")}</legend>
          {outcomes
            ? outcomeNames.map((outcome) => (
                <Checkbox
                  key={outcome}
                  label={words.name(outcome)}
                  help={words.value(outcome, outcomes[outcome])}
                  checked={counted.includes(outcome)}
                  onCheckedChange={(isOn) =>
                    setCounted((before) =>
                      isOn === true ? [...before, outcome] : before.filter((other) => other !== outcome),
                    )
                  }
                />
              ))
            : null}
        </fieldset>
        <Button
          type="submit"
          variant="primary"
          className="w-full"
          isBusy={isBusy}
          disabled={name.trim() === "" || counted.length === 0}
        >
          {t("keep")}
        </Button>
      </form>
    </Popover>
  );
}
