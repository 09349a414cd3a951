import { placeholders, readTexts } from "./messages.ts";
import { isNode, lineAt, type Node, type Problem, type SourceFile, type SourceTree } from "./source-tree.ts";

/** By the name of a function that answers texts, the room it answers from: `const t = useTranslations("flows")`. */
type Rooms = ReadonlyMap<string, string>;

const functions = /^(FunctionDeclaration|FunctionExpression|ArrowFunctionExpression|Program)$/;

/**
 * A text that a screen asks for by its name is there, and what is to be drawn in it (`when: () => <time/>`) stands in it as a tag: where it
 * stands as an argument, nothing is drawn and nobody is told.
 */
export function checkAskedTexts({ root, files }: SourceTree): Problem[] {
  const texts = readTexts(root, "messages/en.json");
  return files
    .filter(({ path }) => /^(app|components)\//.test(path))
    .flatMap((file) => askedIn(file, file.program, new Map(), texts));
}

function askedIn(file: SourceFile, node: Node, outer: Rooms, texts: ReadonlyMap<string, string>): Problem[] {
  const rooms = functions.test(node.type) ? new Map([...outer, ...roomsOf(node)]) : outer;
  const own = node.type === "CallExpression" ? problemsOf(file, node, rooms, texts) : [];
  return [...own, ...childrenOf(node).flatMap((child) => askedIn(file, child, rooms, texts))];
}

const childrenOf = (node: Node): Node[] => Object.values(node).flat().filter(isNode);

/** The functions of texts that are made directly in a function, not in one inside it. */
function roomsOf(node: Node): [string, string][] {
  return childrenOf(node).flatMap((child): [string, string][] => {
    if (functions.test(child.type)) return [];
    const made = child.type === "VariableDeclarator" ? roomOf(child) : null;
    return made ? [made] : roomsOf(child);
  });
}

function roomOf({ id, init }: Node): [string, string] | null {
  if (!isNode(id) || typeof id.name !== "string" || !isNode(init) || init.type !== "CallExpression") return null;
  if (!isNode(init.callee) || init.callee.name !== "useTranslations") return null;
  const [given] = listOf(init.arguments);
  if (given === undefined) return [id.name, ""];
  return typeof given.value === "string" ? [id.name, `${given.value}.`] : null;
}

function problemsOf(file: SourceFile, call: Node, rooms: Rooms, texts: ReadonlyMap<string, string>): Problem[] {
  const { callee } = call;
  if (!isNode(callee)) return [];
  const isRich = callee.type === "MemberExpression" && isNode(callee.property) && callee.property.name === "rich";
  const asker = isRich && isNode(callee.object) ? callee.object : callee;
  const room = typeof asker.name === "string" ? rooms.get(asker.name) : undefined;
  const [name, values] = listOf(call.arguments);
  if (room === undefined || !name) return [];
  const at = (message: string) => ({ path: file.path, line: lineAt(file.text, call.start), rule: "texts", message });
  return namesOf(name).flatMap(({ text, isWhole }) => {
    const key = `${room}${text}`;
    const found = isWhole ? texts.get(key) : [...texts.keys()].find((one) => one.startsWith(key));
    if (found === undefined)
      return [at(`asks for ${key}${isWhole ? "" : "..."}, which messages/en.json does not have`)];
    if (!isRich || !isWhole) return [];
    return drawnIn(values)
      .filter((drawn) => !placeholders(found).has(`<${drawn}>`))
      .map((drawn) => at(`draws ${drawn} in ${key}, which has no tag <${drawn}></${drawn}>`));
  });
}

/** The names that an expression may stand for; of a template the part before what is computed. */
function namesOf(node: Node): { text: string; isWhole: boolean }[] {
  if (typeof node.value === "string") return [{ text: node.value, isWhole: true }];
  if (node.type === "ConditionalExpression") return [node.consequent, node.alternate].filter(isNode).flatMap(namesOf);
  const [first] = node.type === "TemplateLiteral" ? listOf(node.quasis) : [];
  const { cooked } = (first?.value ?? {}) as { cooked?: string };
  return cooked ? [{ text: cooked, isWhole: listOf(node.expressions).length === 0 }] : [];
}

/** What is given as a function: a piece of the screen. */
function drawnIn(values: Node | undefined): string[] {
  return listOf(values?.properties).flatMap(({ key, value }) =>
    isNode(key) && typeof key.name === "string" && isNode(value) && value.type === "ArrowFunctionExpression"
      ? [key.name]
      : [],
  );
}

const listOf = (value: unknown): Node[] => (Array.isArray(value) ? value.filter(isNode) : []);
