"use client";

import { CircleX } from "lucide-react";
import { useTranslations } from "use-intl";
import { bindingOf, isBlankAtRisk } from "#components/flow-canvas/template-words.ts";
import { useProblemWords } from "#components/flow-words/use-problem-words.ts";
import { Counter } from "#components/marked-text/counter.tsx";
import { MarkedText } from "#components/marked-text/marked-text.tsx";
import { viewOfRendered } from "#components/phone/view-of-rendered.ts";
import { WhatsAppMessage } from "#components/phone/whatsapp-message.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { type FreeContent, type FreeKind, freeKind, freeLimits } from "#flow/free-message.ts";
import { bodyLimit, type lintFree } from "#flow/lint-free.ts";
import { previewFree } from "#flow/render-free.ts";
import type { FieldProps } from "../field-props.ts";
import { formatFor } from "../suggest-bindings.ts";
import { useKnownPaths } from "../use-known-paths.tsx";
import { ButtonsEditor, LinkEditor } from "./answers-editor.tsx";
import { blankNameFor } from "./blank-name.ts";
import { CountedInput } from "./counted-input.tsx";
import { type HeaderKind, headerOf, inAll, inLanguage, withHeader, withKind } from "./free-edits.ts";
import { InsertValue } from "./insert-value.tsx";
import { LanguageBar } from "./language-bar.tsx";
import { ListEditor } from "./list-editor.tsx";
import type { PartProps } from "./part-props.ts";
import { useContents } from "./use-contents.ts";

const kinds: readonly FreeKind[] = ["text", "buttons", "list", "link", "image", "video", "document", "audio"];
const frames: readonly FreeKind[] = ["buttons", "list", "link"];

/** Writes a message that is no template: its kind, its words in each language, what can be pressed, and how it looks. */
export function FreeMessageField({ id, value, data, onChangeData }: FieldProps) {
  const t = useTranslations("flowEditor.freeMessage");
  const { contents, content, at, problems, setChosen } = useContents(value);
  if (!content) return null;
  const kind = freeKind(content);
  const change = (next: FreeContent[]) => onChangeData({ contents: next });
  const part: PartProps = {
    contents,
    content,
    onChange: change,
    isWrong: (place) => problems.some(({ field }) => field === `contents.${at}.${place}`),
  };
  return (
    <div className="space-y-3">
      <Select
        id={id}
        aria-label={t("kind")}
        options={kinds.map((each) => ({ value: each, label: t(`kinds.${each}`) }))}
        value={kind}
        onValueChange={(next) => {
          const wanted = kinds.find((each) => each === next) ?? kind;
          change(inAll(contents, (one) => withKind(one, wanted)));
        }}
      />
      <LanguageBar contents={contents} current={content.language} onCurrent={setChosen} onChange={change} />
      <HeaderPart {...part} kind={kind} />
      {kind === "audio" ? null : <BodyPart {...part} id={id} data={data} onChangeData={onChangeData} />}
      {frames.includes(kind) ? (
        <CountedInput
          lang={content.language}
          label={t("footer")}
          limit={freeLimits.footer}
          value={content.footer ?? ""}
          isWrong={part.isWrong("footer")}
          onChange={(footer) =>
            change(inLanguage(contents, content.language, (one) => ({ ...one, footer: footer || null })))
          }
        />
      ) : null}
      {kind === "buttons" ? <ButtonsEditor {...part} /> : null}
      {kind === "list" ? <ListEditor {...part} /> : null}
      {kind === "link" ? <LinkEditor {...part} /> : null}
      <Findings problems={problems.filter(({ rule }) => rule !== "free-empty")} />
      <Preview content={content} values={data.values} />
    </div>
  );
}

function HeaderPart({ contents, content, onChange, isWrong, kind }: PartProps & { kind: FreeKind }) {
  const t = useTranslations("flowEditor.freeMessage");
  const { header, language } = content;
  const choices: HeaderKind[] = kind === "list" ? ["none", "text"] : ["none", "text", "image", "video", "document"];
  const edit = (next: NonNullable<FreeContent["header"]>) =>
    onChange(inLanguage(contents, language, (one) => ({ ...one, header: next })));
  return (
    <>
      {frames.includes(kind) ? (
        <Select
          aria-label={t("header")}
          options={choices.map((each) => ({ value: each, label: t(`headers.${each}`) }))}
          value={header?.kind ?? "none"}
          onValueChange={(next) => {
            const wanted = choices.find((each) => each === next) ?? "none";
            onChange(inAll(contents, (one) => withHeader(one, wanted)));
          }}
        />
      ) : null}
      {header?.kind === "text" ? (
        <CountedInput
          lang={language}
          label={t("headerText")}
          limit={freeLimits.header}
          value={header.text}
          isWrong={isWrong("header")}
          onChange={(text) => edit({ ...headerOf("text"), kind: "text", text })}
        />
      ) : null}
      {header?.kind === "document" ? (
        <Input
          isDense
          lang={language}
          aria-label={t("fileName")}
          aria-invalid={isWrong("header") || undefined}
          maxLength={240}
          value={header.fileName}
          onChange={(event) => edit({ kind: "document", fileName: event.target.value })}
        />
      ) : null}
      {header && header.kind !== "text" ? <p className="text-secondary text-xs">{t("fileHelp")}</p> : null}
    </>
  );
}

type BodyPartProps = PartProps & Pick<FieldProps, "id" | "data" | "onChangeData">;

function BodyPart({ contents, content, isWrong, id, data, onChangeData }: BodyPartProps) {
  const t = useTranslations("flowEditor.freeMessage");
  const { known } = useKnownPaths();
  const { language, body } = content;
  const values: Record<string, unknown> = { ...(typeof data.values === "object" ? data.values : null) };
  /** A picked value fills its blank at once; one that is there already is used again. */
  const nameFor = (path: string): string => {
    const name = blankNameFor(path, (taken) => bindingOf(values, taken));
    const found = known.find((candidate) => candidate.path === path);
    const binding = { from: "path", path, format: found ? formatFor(found, known) : { kind: "text" }, fallback: null };
    onChangeData({ values: { ...values, [name]: values[name] ?? binding } });
    return name;
  };
  return (
    <div className="space-y-1.5">
      <div className="flex items-baseline justify-between gap-3">
        <label htmlFor={`${id}-body`} className="text-secondary text-sm">
          {t("text")}
        </label>
        <Counter length={body.length} limit={bodyLimit(content)} />
      </div>
      <MarkedText
        id={`${id}-body`}
        lang={language}
        isShort
        maxLength={5000}
        value={body}
        placeholder={t("textHint")}
        isWrong={isWrong("body") && body !== ""}
        onValueChange={(text) =>
          onChangeData({ contents: inLanguage(contents, language, (one) => ({ ...one, body: text })) })
        }
        tools={(insert) => <InsertValue nameFor={nameFor} onInsert={insert} />}
      />
    </div>
  );
}

export function Findings({ problems }: { problems: ReturnType<typeof lintFree> }) {
  const words = useProblemWords();
  return problems.map(({ rule, field, values }) => (
    <p key={`${rule} ${field}`} className="flex items-start gap-1.5 text-danger text-xs">
      <CircleX aria-hidden className="mt-px size-3.5 shrink-0" />
      {words({ rule, values, nodeId: null, edgeId: null, severity: "error" }).title}
    </p>
  ));
}

export function Preview({ content, values }: { content: FreeContent; values: unknown }) {
  const t = useTranslations("flowEditor.freeMessage");
  const { sampleOf } = useKnownPaths();
  const shown = (name: string): string | null => {
    const binding = bindingOf(values, name);
    if (binding?.from === "text") return binding.text;
    return binding?.from === "path" ? sampleOf(binding.path) || null : null;
  };
  const file = content.header && content.header.kind !== "text" ? content.header.kind : null;
  const address = file && shown(file);
  // Nothing is written yet: an empty bubble would look like a message.
  if (content.body === "" && content.header === null) return null;
  return (
    <figure aria-label={t("preview")} className="rounded-md bg-wa-chat p-2.5">
      <WhatsAppMessage
        isDense
        message={viewOfRendered(previewFree(content, file && address ? { [file]: address } : {}))}
        from="business"
        className="max-w-full"
        blankOf={(name) => ({ name, value: shown(name), isMissing: isBlankAtRisk(values, name) })}
      />
    </figure>
  );
}
