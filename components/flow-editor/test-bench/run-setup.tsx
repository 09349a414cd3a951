"use client";

import { Play, RotateCcw, UserPlus, Zap } from "lucide-react";
import { use, useMemo, useState } from "react";
import { useLocale, useTranslations } from "use-intl";
import { Button } from "#components/ui/button.tsx";
import { Popover } from "#components/ui/popover.tsx";
import { Select } from "#components/ui/select.tsx";
import { openingOf } from "#flow/compile.ts";
import { madeProperties } from "#flow/opening.ts";
import { useEditor } from "../editor-state/editor-context.tsx";
import { type TestPerson, useEditorWorld } from "../editor-world.tsx";
import { EventEditor, useEventDraft } from "./event-editor.tsx";
import { InventPerson, inventedPerson } from "./invent-person.tsx";
import type { TestRun } from "./use-test-run.ts";

/** Who is played, which event they get, and the button that starts the run. */
export function RunSetup({ run }: { run: TestRun }) {
  const t = useTranslations("flowEditor.test");
  const known = use(useEditorWorld().people);
  const locale = useLocale();
  const graph = useEditor((state) => state.graph);
  const opening = useMemo(() => openingOf(graph), [graph]);
  const event = useEventDraft(opening?.event ?? "", opening?.by ? madeProperties(opening) : undefined);
  const [invented, setInvented] = useState<TestPerson>(() => inventedPerson(t("inventedName")));
  const [chosen, setChosen] = useState(() => firstPerson(known, locale)?.id ?? invented.id);
  const [hasConsent, setConsent] = useState(true);
  const people = [...known, invented];
  const person = people.find((candidate) => candidate.id === chosen) ?? invented;
  const start = () =>
    event.properties && run.start({ person, hasConsent, event: event.name, properties: event.properties });
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-2 border-border border-b px-4 py-2">
      <Select
        aria-label={t("person")}
        options={people.map(({ id, name, masked, facts }) => ({
          value: id,
          label: name,
          hint: [masked, facts.locale, facts.timezone].filter(Boolean).join(" · "),
        }))}
        value={person.id}
        onValueChange={setChosen}
        className="w-auto min-w-24 flex-1"
      />
      <Popover
        align="end"
        className="w-80"
        trigger={
          <Button aria-label={t("invent")} className="w-8 px-0" title={t("invent")}>
            <UserPlus aria-hidden />
          </Button>
        }
      >
        <InventPerson
          person={invented}
          hasConsent={hasConsent}
          onConsent={setConsent}
          onChange={(next) => {
            setInvented(next);
            setChosen(next.id);
          }}
        />
      </Popover>
      <Popover
        align="end"
        className="w-96"
        trigger={
          <Button title={event.name} className="min-w-28 max-w-48 flex-1 justify-start font-mono font-normal text-xs">
            <Zap aria-hidden className="text-secondary" />
            <span className="sr-only">{t("editEvent")}: </span>
            <span className="truncate">{event.name || t("noEvent")}</span>
          </Button>
        }
      >
        <EventEditor draft={event} />
      </Popover>
      <Button variant={run.sim ? "outline" : "primary"} disabled={!event.name || !event.properties} onClick={start}>
        {run.sim ? <RotateCcw aria-hidden /> : <Play aria-hidden />}
        {t(run.sim ? "startAgain" : "start")}
      </Button>
    </div>
  );
}

/** Somebody who reads the maker's language comes first: the phone then speaks it too. */
const firstPerson = (people: readonly TestPerson[], locale: string): TestPerson | undefined =>
  people.find((person) => person.facts.locale?.slice(0, 2) === locale.slice(0, 2)) ?? people[0];
