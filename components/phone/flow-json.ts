/**
 * Reads a Flow JSON (Meta, "Flow JSON" reference) into what a phone can draw. Permissive: a component it does not know is left
 * out, so that a new version of the language still shows the rest of its screen.
 */
export type FlowChoice = { id: string; title: string; description?: string };

export type FlowPart =
  | { kind: "text"; look: "heading" | "subheading" | "body" | "caption"; text: string }
  | { kind: "image"; source: string; alt: string }
  | { kind: "link"; text: string; action: FlowAction }
  | { kind: "rows"; rows: { title: string; description?: string; action: FlowAction }[] }
  | FlowQuestion
  | { kind: "footer"; label: string; action: FlowAction };

export type FlowQuestion = {
  kind: "question";
  look: "line" | "lines" | "dropdown" | "radio" | "checkboxes" | "date" | "opt-in";
  name: string;
  label: string;
  help?: string;
  /** The HTML type of a line: text, email, number, password, tel. */
  inputType: string;
  choices: FlowChoice[];
  isRequired: boolean;
  /** Most of the checkboxes that may be on. */
  most?: number;
};

export type FlowAction = {
  name: "navigate" | "complete" | "data_exchange" | "other";
  next?: string;
  /** Values as they are written: plain, or "${form.name}". */
  payload: Record<string, unknown>;
};

export type FlowScreen = { id: string; title: string; parts: FlowPart[]; samples: Record<string, unknown> };
export type FlowForm = { screens: FlowScreen[] };

/** Null when this is no Flow JSON, or one without a screen. */
export function readFlowJson(json: unknown): FlowForm | null {
  const screens = listOf(objectOf(json).screens).map(objectOf);
  if (screens.length === 0) return null;
  return {
    screens: screens.map((screen) => {
      const samples = samplesOf(objectOf(screen.data));
      return {
        id: textOf(screen.id),
        title: textOf(screen.title) || textOf(screen.id),
        samples,
        parts: listOf(objectOf(screen.layout).children).flatMap((child) => partsOf(objectOf(child), samples)),
      };
    }),
  };
}

function partsOf(node: Node, samples: Record<string, unknown>): FlowPart[] {
  const type = textOf(node.type);
  const inside = (children: unknown) => listOf(children).flatMap((child) => partsOf(objectOf(child), samples));
  const look = textLooks[type];
  if (look) return [{ kind: "text", look, text: listOf(node.text).map(textOf).join("\n") || textOf(node.text) }];
  const question = questionLooks[type];
  if (question) return [questionOf(node, question, samples)];
  switch (type) {
    case "Form":
      return inside(node.children);
    // The phone shows the way a condition goes in the author's own preview: the first one.
    case "If":
      return inside(node.then);
    case "Switch":
      return inside(Object.values(objectOf(node.cases))[0]);
    case "Image":
      return [{ kind: "image", source: textOf(node.src), alt: textOf(node["alt-text"]) }];
    case "EmbeddedLink":
      return [{ kind: "link", text: textOf(node.text), action: actionOf(node["on-click-action"]) }];
    case "NavigationList":
      return [{ kind: "rows", rows: listFrom(node["list-items"], samples).map((row) => rowOf(row, node)) }];
    case "Footer":
      return [{ kind: "footer", label: textOf(node.label), action: actionOf(node["on-click-action"]) }];
    default:
      return [];
  }
}

const textLooks: Record<string, "heading" | "subheading" | "body" | "caption"> = {
  TextHeading: "heading",
  TextSubheading: "subheading",
  TextBody: "body",
  TextCaption: "caption",
  RichText: "body",
};

const questionLooks: Record<string, FlowQuestion["look"]> = {
  TextInput: "line",
  TextArea: "lines",
  Dropdown: "dropdown",
  RadioButtonsGroup: "radio",
  CheckboxGroup: "checkboxes",
  ChipsSelector: "checkboxes",
  DatePicker: "date",
  CalendarPicker: "date",
  OptIn: "opt-in",
};

const inputTypes: Record<string, string> = { email: "email", number: "number", phone: "tel", password: "password" };

function questionOf(node: Node, look: FlowQuestion["look"], samples: Record<string, unknown>): FlowQuestion {
  const most = node["max-selected-items"];
  return {
    kind: "question",
    look,
    name: textOf(node.name),
    // A range of days has two labels; one day is asked for.
    label: textOf(node.label) || textOf(objectOf(node.label)["start-date"]),
    ...(textOf(node["helper-text"]) ? { help: textOf(node["helper-text"]) } : {}),
    inputType: inputTypes[textOf(node["input-type"])] ?? "text",
    choices: listFrom(node["data-source"], samples).map((choice) => ({
      id: textOf(choice.id),
      title: textOf(choice.title),
      ...(textOf(choice.description) ? { description: textOf(choice.description) } : {}),
    })),
    isRequired: node.required === true,
    ...(typeof most === "number" ? { most } : {}),
  };
}

function rowOf(row: Node, list: Node) {
  const content = objectOf(row["main-content"]);
  const description = textOf(content.description) || textOf(content.metadata);
  return {
    title: textOf(content.title),
    ...(description ? { description } : {}),
    action: actionOf(row["on-click-action"] ?? list["on-click-action"]),
  };
}

function actionOf(value: unknown): FlowAction {
  const action = objectOf(value);
  const name = textOf(action.name);
  const next = textOf(objectOf(action.next).name);
  return {
    name: name === "navigate" || name === "complete" || name === "data_exchange" ? name : "other",
    ...(next ? { next } : {}),
    payload: objectOf(action.payload),
  };
}

type Node = Record<string, unknown>;

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");
const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const objectOf = (value: unknown): Node =>
  value !== null && typeof value === "object" && !Array.isArray(value) ? (value as Node) : {};

/** A list that stands there, or one of the screen's data by "${data.name}". */
const listFrom = (value: unknown, samples: Record<string, unknown>): Node[] =>
  listOf(typeof value === "string" ? samples[/^\$\{data\.(\w+)\}$/.exec(value)?.[1] ?? ""] : value).map(objectOf);

const samplesOf = (data: Node): Record<string, unknown> =>
  Object.fromEntries(Object.entries(data).map(([name, schema]) => [name, objectOf(schema).__example__]));
