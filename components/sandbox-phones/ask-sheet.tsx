"use client";

import { type ReactNode, useId, useState } from "react";
import { PhoneSheet, SheetButton } from "#components/phone/phone-sheet.tsx";

export type Question = { name: string; label: string; start?: string; type?: string; isOptional?: boolean };

type AskSheetProps = {
  title: string;
  questions: Question[];
  sendLabel: string;
  onSend: (answers: Record<string, string>) => void;
  onClose: () => void;
  /** Above the questions. */
  children?: ReactNode;
};

/** A sheet with a few lines to fill in: a place, a contact, an address, a number. */
export function AskSheet({ title, questions, sendLabel, onSend, onClose, children }: AskSheetProps) {
  const id = useId();
  const [answers, setAnswers] = useState<Record<string, string>>(() =>
    Object.fromEntries(questions.map(({ name, start }) => [name, start ?? ""])),
  );
  const isComplete = questions.every(({ name, isOptional }) => isOptional || answers[name]?.trim());
  const send = () => (isComplete ? onSend(answers) : undefined);
  return (
    <PhoneSheet
      title={title}
      onClose={onClose}
      footer={<SheetButton label={sendLabel} isDisabled={!isComplete} onPress={send} />}
    >
      <form
        className="space-y-3"
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        {children}
        {questions.map(({ name, label, type }) => (
          <div key={name} className="space-y-1">
            <label htmlFor={`${id}-${name}`} className="block text-wa-secondary text-xs">
              {label}
            </label>
            {type === "lines" ? (
              <textarea
                id={`${id}-${name}`}
                rows={6}
                spellCheck={false}
                value={answers[name]}
                onChange={(event) => setAnswers({ ...answers, [name]: event.target.value })}
                className={`${box} block py-1.5 font-mono text-xs`}
              />
            ) : (
              <input
                id={`${id}-${name}`}
                type={type ?? "text"}
                step="any"
                value={answers[name]}
                onChange={(event) => setAnswers({ ...answers, [name]: event.target.value })}
                className={`${box} h-9 text-sm`}
              />
            )}
          </div>
        ))}
        <button type="submit" hidden tabIndex={-1} />
      </form>
    </PhoneSheet>
  );
}

const box =
  "w-full rounded-md border border-wa-tick bg-transparent px-2.5 focus-visible:outline-1 focus-visible:outline-wa-accent focus-visible:outline-offset-0";
