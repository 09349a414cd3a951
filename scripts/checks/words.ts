import { isTest, type Problem, type SourceTree } from "./source-tree.ts";

type Word = { pattern: RegExp; message: string; isAllowedIn?: (path: string) => boolean };

const words: Word[] = [
  { pattern: /\b(TODO|FIXME|XXX|HACK)\b/, message: "work that is left goes into an issue" },
  {
    pattern: /as unknown as/,
    message: "a cast through unknown hides an error; parse or narrow instead",
    isAllowedIn: (path) => path.startsWith("scripts/checks/"),
  },
  { pattern: /@ts-(ignore|nocheck|expect-error)/, message: "a silenced type error; say the type" },
  { pattern: /\bconsole\.(log|info|debug)\(/, message: "logs go through createLog" },
  { pattern: /\bdebugger\b/, message: "a left-over of debugging" },
  { pattern: /\b(test|it|describe)\.only\(/, message: "the other tests would not run" },
  { pattern: /["'`]\/tmp\//, message: "use os.tmpdir()" },
  { pattern: /\benrolment/i, message: 'the word is "enrollment"' },
  { pattern: /\b(customer )?journeys?\b/i, message: 'the word is "flow"', isAllowedIn: isTest },
];

/** Words that must not be in the sources, each with what to do instead. */
export function checkWords({ files }: SourceTree): Problem[] {
  const own = /^scripts\/checks\/(words|run-checks\.test)\.ts$/;
  return files
    .filter(({ path }) => !own.test(path))
    .flatMap(({ path, text }) =>
      text.split("\n").flatMap((line, index) =>
        words
          .filter(({ pattern, isAllowedIn }) => pattern.test(line) && !isAllowedIn?.(path))
          .map(({ pattern, message }) => ({
            path,
            line: index + 1,
            rule: "words",
            message: `"${pattern.exec(line)?.[0].trim()}": ${message}`,
          })),
      ),
    );
}
