import { Fragment, type ReactNode } from "react";

/** A blank of a template with what stands in it: drawn tinted, amber when nothing may stand there at all. */
export type Blank = { name: string; value: string | null; isMissing?: boolean };

type RichTextProps = {
  text: string /** Finds the value of `{{name}}`; without it braces stay as they are written. */;
  blankOf?: (name: string) => Blank | null;
};

const marks = [
  {
    mark: "```",
    wrap: (children: ReactNode) => <code className="font-mono text-[0.92em]">{children}</code>,
    isFinal: true,
  },
  { mark: "*", wrap: (children: ReactNode) => <strong className="font-semibold">{children}</strong>, isFinal: false },
  { mark: "_", wrap: (children: ReactNode) => <em>{children}</em>, isFinal: false },
  { mark: "~", wrap: (children: ReactNode) => <s>{children}</s>, isFinal: false },
] as const;

/**
 * WhatsApp's own marks (*bold*, _italic_, ~strike~, ```mono```) drawn as elements. Everything else stays text: a value that
 * contains markup is never HTML. A mark only counts at a word's edge, as in WhatsApp: "a*b*c" stays.
 */
export function RichText({ text, blankOf }: RichTextProps) {
  return <>{format(text, blankOf)}</>;
}

function format(text: string, blankOf: RichTextProps["blankOf"]): ReactNode {
  const found = firstMark(text);
  if (!found) return fillBlanks(text, blankOf);
  const { before, inner, after, mark } = found;
  return (
    <>
      {fillBlanks(before, blankOf)}
      {mark.wrap(mark.isFinal ? fillBlanks(inner, blankOf) : format(inner, blankOf))}
      {format(after, blankOf)}
    </>
  );
}

function firstMark(text: string) {
  let best: { before: string; inner: string; after: string; mark: (typeof marks)[number] } | null = null;
  for (const mark of marks) {
    const sign = mark.mark.replaceAll("*", "\\*");
    const match = new RegExp(`(?<![\\p{L}\\p{N}_])${sign}(?=\\S)(.+?)(?<=\\S)${sign}(?![\\p{L}\\p{N}_])`, "su").exec(
      hideBlanks(text),
    );
    if (!match || (best && match.index >= best.before.length)) continue;
    const end = match.index + match[0].length;
    best = {
      before: text.slice(0, match.index),
      inner: text.slice(match.index + mark.mark.length, end - mark.mark.length),
      after: text.slice(end),
      mark,
    };
  }
  return best;
}

/** Names of blanks contain "_": they must not open italics. Same length, so that positions stay true. */
const hideBlanks = (text: string) => text.replace(/\{\{[a-z0-9_]+\}\}/g, (blank) => "x".repeat(blank.length));

function fillBlanks(text: string, blankOf: RichTextProps["blankOf"]): ReactNode {
  if (!blankOf) return text;
  return text.split(/(\{\{[a-z_][a-z0-9_]*\}\})/).map((part, index) => {
    const name = /^\{\{([a-z_][a-z0-9_]*)\}\}$/.exec(part)?.[1];
    const blank = name ? blankOf(name) : null;
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: a part is its place in the text
      <Fragment key={index}>{blank ? <BlankMark blank={blank} /> : part}</Fragment>
    );
  });
}

function BlankMark({ blank }: { blank: Blank }) {
  return (
    <span className={`rounded-xs box-decoration-clone px-0.5 ${blank.isMissing ? "bg-wa-missing" : "bg-wa-sample"}`}>
      {blank.value ?? blank.name}
    </span>
  );
}
