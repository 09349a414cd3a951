import { holdsCardNumber } from "../gate/card-number.ts";
import type { Catalog, TemplateInfo } from "../template.ts";
import { errorAt, type Problem, warningAt } from "./problem.ts";
import { type ReadStep, readable, type Steps } from "./steps.ts";

const remembered = new WeakMap<ReadStep, Problem[]>();

/** What must not stand in words that a person will read or that are kept: card and account numbers, and people's own addresses. */
export function findTextProblems(steps: Steps): Problem[] {
  return [...steps.values()].flatMap((read) => {
    const found = remembered.get(read) ?? textProblems(read);
    remembered.set(read, found);
    return found;
  });
}

function textProblems(read: ReadStep): Problem[] {
  const { type, graphNode } = read;
  if (!type) return [];
  const nodeId = graphNode.id;
  const texts = textsIn(graphNode.data);
  const withCard = texts.find(({ text }) => holdsCardNumber(text));
  const withAccount = texts.find(({ text }) => holdsAccountNumber(text));
  const withAddress = type.family === "message" ? texts.find(({ text }) => privateAddress.test(text)) : undefined;
  const step = readable(read);
  const shown = step?.type.shows?.(step.config) ?? [];
  return [
    ...(withCard ? [errorAt("card-number-in-text", { nodeId, field: withCard.field })] : []),
    ...(withAccount ? [errorAt("account-number-in-text", { nodeId, field: withAccount.field })] : []),
    ...(withAddress ? [warningAt("personal-data-in-text", { nodeId, field: withAddress.field })] : []),
    ...shown
      .filter(({ path }) => isSecret(path))
      .map(({ path, field, name }) =>
        warningAt("sensitive-value", { nodeId, field, values: { variable: name, path } }),
      ),
  ];
}

type FoundText = { text: string; field: string };

/** Every text among a step's settings, with the setting it stands in. */
function textsIn(data: Record<string, unknown>): FoundText[] {
  const found: FoundText[] = [];
  for (const [field, value] of Object.entries(data)) {
    const line: unknown[] = [value];
    for (const here of line) {
      if (typeof here === "string") found.push({ text: here, field });
      else if (here !== null && typeof here === "object") line.push(...Object.values(here));
    }
  }
  return found;
}

/** An address at a provider of private mail is one person's, not the company's. */
const privateAddress =
  /[\w.+-]+@(gmail|googlemail|yahoo|ymail|hotmail|outlook|live|icloud|me|aol|gmx|orange|laposte|free|wanadoo|proton(mail)?|rediffmail)\.[a-z.]{2,6}\b/i;

/** An account number as ISO 13616 writes it (IBAN): country, check digits and up to 30 more, which together leave 1 when divided by 97. */
export function holdsAccountNumber(text: string): boolean {
  return [...text.matchAll(/\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}\b/g)].some(([run]) => {
    const plain = run.replaceAll(" ", "");
    // Words may follow in capitals, so shorter beginnings count as well.
    for (let length = Math.min(34, plain.length); length >= 15; length -= 1)
      if (leavesOne(plain.slice(0, length))) return true;
    return false;
  });
}

function leavesOne(account: string): boolean {
  let rest = 0;
  for (const sign of account.slice(4) + account.slice(0, 4)) {
    const digits = /\d/.test(sign) ? sign : String(sign.charCodeAt(0) - 55);
    for (const digit of digits) rest = (rest * 10 + Number(digit)) % 97;
  }
  return rest === 1;
}

/** Names under which systems keep what must never be told in a chat as a whole. */
const secretNames =
  /^(pan|iban|bban|cvv2?|cvc2?|pin(code)?|otp|password|passcode|secret|ssn|nin|bvn|pesel|aadhaar|passport)$|^(full)?(card|account|passport|id|identity|identification|nationalid|socialsecurity|tax(payer)?)(number|no|nr|num)$|^(national|passport|tax)id$/;
const partial = /(last|first|ending|end)_?(two|four|2|4)|masked?|mask$|hint|type|status|expir|count/i;

/** A path whose name says that it leads to a whole card, account or identity number, or to a secret. */
export function isSecret(path: string): boolean {
  const name = path.split(".").at(-1) ?? "";
  return !partial.test(name) && secretNames.test(name.toLowerCase().replace(/[^a-z0-9]/g, ""));
}

/** Templates that lack a language which another one of the same flow has, or that have one which may not be sent yet. */
export function findLanguageProblems(
  steps: Steps,
  isReached: (nodeId: string) => boolean,
  catalog: Catalog,
): Problem[] {
  const used = [...steps].flatMap(([nodeId, read]) => {
    const step = readable(read);
    const name = isReached(nodeId) && step ? step.type.template?.(step.config) : undefined;
    const info = catalog.templates.find((template) => template.name === name);
    return info ? [{ nodeId, info }] : [];
  });
  const spoken = new Set(used.flatMap(({ info }) => sendable(info)));
  return used.flatMap(({ nodeId, info }) => {
    const has = new Set(sendable(info));
    // A template of which nothing may be sent is an error of its own.
    if (has.size === 0) return [];
    return [...spoken]
      .filter((language) => !has.has(language))
      .map((language) => {
        const isWaiting = info.languages.some((one) => one.language === language);
        const values = { template: info.name, language };
        return warningAt(isWaiting ? "language-not-approved" : "language-missing", {
          nodeId,
          field: "template",
          values,
        });
      });
  });
}

const sendable = ({ languages }: TemplateInfo): string[] =>
  languages.filter(({ status }) => status === "approved").map(({ language }) => language);
