import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { placeholders } from "./messages.ts";
import { runChecks } from "./run-checks.ts";

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), "house-"));
  for (const [file, text] of Object.entries(goodHouse)) write(file, text);
});
afterEach(() => rmSync(root, { recursive: true }));

function write(file: string, text: string): void {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  writeFileSync(path.join(root, file), text);
}

/** A small house in which nothing is wrong; each fault below is planted into it. */
const goodHouse: Record<string, string> = {
  "app/flows/page.tsx":
    'import { FlowsScreen } from "#components/flows/flows-screen.tsx";\nexport default () => <FlowsScreen />;',
  "components/flows/flows-screen.tsx":
    'import type { Row } from "#server/flows/list-flows.ts";\nimport { Button } from "#components/ui/button.tsx";\nexport const FlowsScreen = (row: Row) => <Button>{row.id}</Button>;',
  "components/ui/button.tsx":
    "export const Button = (props: { children: string }) => <button>{props.children}</button>;",
  "components/templates/editor.tsx": "export const Editor = () => null;",
  "server/flows/list-flows.ts":
    'import { graph } from "#flow/graph.ts";\nimport { pool } from "#db/client.ts";\nexport type Row = { id: string };\nexport const list = () => [pool, graph];',
  "server/templates/get-template.ts": "export const getTemplate = 1;",
  "server/channels/channel.ts": "export const port = 1;",
  "server/channels/meta-cloud/send.ts": 'import { port } from "../channel.ts";\nexport const send = port;',
  "server/channels/infobip/send.ts": "export const send = 2;",
  "flow/graph.ts":
    'import { z } from "zod";\nexport const graph = z.object({ at: z.date() });\nexport const later = (at: string) => new Date(at);',
  "flow/nodes/index.ts": 'export * from "../graph.ts";',
  "db/client.ts": "export const pool = 1;",
  "messages/en.json": '{"flows":{"title":"{count, plural, one {# <b>flow</b>} other {# flows of {name}}}"}}',
  "messages/fr.json": '{"flows":{"title":"{count, plural, one {# <b>parcours</b>} other {# parcours de {name}}}"}}',
};

test("a house in order has no problems, and its files and imports are seen", () => {
  expect(runChecks(root)).toEqual({ files: 12, imports: 7, problems: [] });
});

test("a check that sees no files fails instead of passing", () => {
  for (const folder of ["app", "components", "server", "flow", "db"])
    rmSync(path.join(root, folder), { recursive: true });
  expect(runChecks(root).problems.map(({ rule }) => rule)).toContain("reach");
});

const imports = (specifier: string) => `import { x } from "${specifier}";\nexport const y = x;`;

test.each([
  ["a page reads the database", "app/flows/data-page.tsx", imports("#db/client.ts"), "layers"],
  ["a component calls the server", "components/flows/row.tsx", imports("#server/flows/list-flows.ts"), "layers"],
  [
    "a component loads the server later",
    "components/flows/row.tsx",
    'export const y = () => import("#server/flows/list-flows.ts");',
    "layers",
  ],
  ["a screen uses another screen's part", "components/flows/row.tsx", imports("../templates/editor.tsx"), "layers"],
  ["the kit knows a screen", "components/ui/card.tsx", imports("#components/flows/flows-screen.tsx"), "layers"],
  ["a feature uses another feature", "server/flows/publish.ts", imports("../templates/get-template.ts"), "layers"],
  ["the server draws", "server/flows/publish.ts", imports("#components/ui/button.tsx"), "layers"],
  ["an adapter knows its sibling", "server/channels/meta-cloud/other.ts", imports("../infobip/send.ts"), "layers"],
  ["an adapter reads the database", "server/channels/meta-cloud/other.ts", imports("#db/client.ts"), "layers"],
  ["the product looks into the sandbox", "server/flows/publish.ts", imports("#server/sandbox/ledger.ts"), "layers"],
  ["the schema knows a verb", "db/schema/flow.ts", imports("#server/flows/list-flows.ts"), "layers"],
  ["the flow language reads the database", "flow/advance.ts", imports("#db/client.ts"), "layers"],
  [
    "the flow language knows a type of the server",
    "flow/advance.ts",
    'import type { Row } from "#server/flows/list-flows.ts";\nexport type R = Row;',
    "layers",
  ],
  ["the flow language uses a package", "flow/advance.ts", imports("lodash"), "layers"],
  [
    "an import that nobody can follow",
    "server/flows/publish.ts",
    "export const y = (name: string) => import(name);",
    "layers",
  ],
  ["a file reaches itself", "flow/graph.ts", imports("./nodes/index.ts"), "cycles"],
  ["a long file", "server/flows/long.ts", "export const x = 1;\n".repeat(301), "length"],
  ["a long test", "server/flows/long.test.ts", "export const x = 1;\n".repeat(501), "length"],
  ["a barrel", "server/flows/index.ts", 'export * from "./list-flows.ts";', "barrels"],
  ["a drawer", "server/utils/format.ts", "export const x = 1;", "names"],
  ["a file without a word of its own", "server/flows/types.ts", "export const x = 1;", "names"],
  ["a camel", "server/flows/listFlows.ts", "export const x = 1;", "names"],
  ["the flow language reads the clock", "flow/advance.ts", "export const now = () => new Date();", "purity"],
  [
    "the flow language reads the clock another way",
    "flow/advance.ts",
    "export const now = () => Date.now();",
    "purity",
  ],
  ["the flow language throws dice", "flow/advance.ts", "export const x = () => Math.random();", "purity"],
  ["the flow language reads the environment", "flow/advance.ts", "export const x = process.env.PORT;", "purity"],
  ["the flow language calls out", "flow/advance.ts", 'export const x = () => fetch("https://example.com");', "purity"],
  [
    "a text is missing in French",
    "messages/en.json",
    '{"flows":{"title":"{count} {name} <b>x</b>","new":"New"}}',
    "messages",
  ],
  ["a text is missing in English", "messages/en.json", "{}", "messages"],
  [
    "a name has a dot",
    "messages/fr.json",
    '{"flows":{"title":"{count} <b>parcours</b> {name}","a.b":"texte"}}',
    "messages",
  ],
  ["a placeholder is lost", "messages/fr.json", '{"flows":{"title":"{count} <b>parcours</b>"}}', "messages"],
  [
    "a text cannot be read",
    "messages/fr.json",
    '{"flows":{"title":"{count, plural, one {# <b>parcours</b>} other {# parcours de {name}}} {name, select, at-end {x} other {y}}"}}',
    "messages",
  ],
  ["a tag is lost", "messages/fr.json", '{"flows":{"title":"{count} {name}"}}', "messages"],
  [
    "a screen asks for a text that is not there",
    "components/flows/row.tsx",
    'export const Row = () => {\n  const t = useTranslations("flows");\n  return <p>{t("subtitle")}</p>;\n};',
    "texts",
  ],
  [
    "a screen asks for texts of which none is there",
    "components/flows/row.tsx",
    `export const Row = ({ kind }) => {\n  const t = useTranslations("flows");\n  return <p>{t(\`kinds.\${kind}\`)}</p>;\n};`,
    "texts",
  ],
  [
    "something is drawn where the text has an argument",
    "components/flows/row.tsx",
    'export const Row = () => {\n  const t = useTranslations("flows");\n  return <p>{t.rich("title", { name: () => <b /> })}</p>;\n};',
    "texts",
  ],
  ["work is left", "server/flows/publish.ts", "// TODO later\nexport const x = 1;", "words"],
  ["a silenced error", "server/flows/publish.ts", "// @ts-expect-error\nexport const x = 1;", "words"],
])("%s: found", (_, file, text, rule) => {
  write(file, text);
  const { problems } = runChecks(root);
  expect([...new Set(problems.map((problem) => problem.rule))]).toEqual([rule]);
});

test.each([
  [
    "a label that is called like something impure",
    "export const x = (y: { process: number; fetch: () => void }) => y.process + Number(y.fetch());",
  ],
  ["a moment that was passed in", "export const x = (at: string) => new Date(at);"],
  ["a word in a comment or text", 'export const x = "Math.random() and import(y)"; // Date.now()'],
])("the flow language may have %s", (_, text) => {
  write("flow/advance.ts", text);
  expect(runChecks(root).problems).toEqual([]);
});

test("placeholders are found inside branches, and branches themselves are none", () => {
  const text = "{status, select, read {Read by {name}} other {Sent <b>{count, number}</b>}} '{'not one'}'";
  expect([...placeholders(text)].sort()).toEqual(["<b>", "count", "name", "status"]);
});
