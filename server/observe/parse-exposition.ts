export type ParsedFamily = { type: string; help: string; samples: ParsedSample[] };
export type ParsedSample = { name: string; labels: Record<string, string>; value: number };

const metricName = "[a-zA-Z_:][a-zA-Z0-9_:]*";
// prom-client writes "Nan", which Prometheus reads as well.
const sampleLine = new RegExp(
  `^(${metricName})(?:\\{(.*)\\})? (Na[Nn]|[+-]?Inf|[+-]?\\d+(?:\\.\\d+)?(?:e[+-]?\\d+)?)$`,
);
const labelPair = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"(?:,|$)/y;

/**
 * Reads the Prometheus text format 0.0.4 (Prometheus docs, "Exposition formats") as strictly as it is written, for tests: written
 * apart from what writes it. Throws at the first line that is not allowed.
 */
export function parseExposition(text: string): Map<string, ParsedFamily> {
  const families = new Map<string, ParsedFamily>();
  const seen = new Set<string>();
  const help = new Map<string, string>();
  if (!text.endsWith("\n")) throw new Error("The last line does not end.");
  for (const line of text.split("\n")) {
    if (line === "") continue;
    const comment = /^# (HELP|TYPE) (\S+) (.*)$/.exec(line);
    if (comment) {
      const [, kind, name = "", rest = ""] = comment;
      const known = kind === "HELP" ? help : families;
      if (known.has(name)) throw new Error(`${kind} of ${name} stands there twice.`);
      if (kind === "HELP") help.set(name, rest);
      else families.set(name, { type: typeOf(rest), help: help.get(name) ?? "", samples: [] });
      continue;
    }
    const sample = parseSample(line);
    const identity = `${sample.name} ${JSON.stringify(Object.entries(sample.labels).sort())}`;
    if (seen.has(identity)) throw new Error(`${identity} stands there twice.`);
    seen.add(identity);
    familyOf(families, sample.name).samples.push(sample);
  }
  return families;
}

function parseSample(line: string): ParsedSample {
  const [, name = "", inner = "", number = ""] = sampleLine.exec(line) ?? [];
  if (name === "") throw new Error(`Not a sample: ${line}`);
  const labels: Record<string, string> = {};
  labelPair.lastIndex = 0;
  while (labelPair.lastIndex < inner.length) {
    const at = labelPair.lastIndex;
    const [, key = "", value = ""] = labelPair.exec(inner) ?? [];
    if (key === "") throw new Error(`Not a label at ${at}: ${line}`);
    labels[key] = value;
    if (labelPair.lastIndex === 0) break;
  }
  return { name, labels, value: number.endsWith("Inf") ? Number(`${number}inity`) : Number(number) };
}

function typeOf(word: string): string {
  if (!["counter", "gauge", "histogram", "summary", "untyped"].includes(word)) throw new Error(`${word} is no type.`);
  return word;
}

function familyOf(families: Map<string, ParsedFamily>, name: string): ParsedFamily {
  const own = families.get(name);
  if (own) return own;
  const parent = families.get(name.replace(/_(bucket|sum|count)$/, ""));
  if (!parent || !["histogram", "summary"].includes(parent.type)) throw new Error(`${name} has no family.`);
  return parent;
}
