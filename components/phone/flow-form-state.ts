import type { FlowAction, FlowForm, FlowQuestion, FlowScreen } from "./flow-json.ts";

export type FlowValue = string | string[] | boolean;

/** Where a person is in a form and what they have filled in so far. */
export type FlowFormState = {
  /** Screens passed through, the shown one last. */
  path: string[];
  /** By screen, then by the question's name. */
  values: Record<string, Record<string, FlowValue>>;
  /** What earlier screens handed to this one. */
  data: Record<string, unknown>;
};

/** A form as it opens: on the screen the message names, else on the first. */
export function openFlowForm(form: FlowForm, at?: { screen?: string; data?: Record<string, unknown> }): FlowFormState {
  const wanted = form.screens.find((screen) => screen.id === at?.screen) ?? form.screens[0];
  return { path: wanted ? [wanted.id] : [], values: {}, data: at?.data ?? {} };
}

export const shownScreen = (form: FlowForm, state: FlowFormState): FlowScreen | undefined =>
  form.screens.find((screen) => screen.id === state.path.at(-1));

export function fillIn(state: FlowFormState, name: string, value: FlowValue): FlowFormState {
  const screen = state.path.at(-1) ?? "";
  return { ...state, values: { ...state.values, [screen]: { ...state.values[screen], [name]: value } } };
}

export const goBack = (state: FlowFormState): FlowFormState =>
  state.path.length > 1 ? { ...state, path: state.path.slice(0, -1) } : state;

/** Required questions of the shown screen that have no answer yet. */
export function missingAnswers(form: FlowForm, state: FlowFormState): FlowQuestion[] {
  const screen = shownScreen(form, state);
  const values = state.values[screen?.id ?? ""] ?? {};
  return (screen?.parts ?? []).filter(
    (part): part is FlowQuestion => part.kind === "question" && part.isRequired && isEmpty(values[part.name]),
  );
}

const isEmpty = (value: FlowValue | undefined): boolean =>
  value === undefined || value === false || value.toString().trim() === "";

export type Pressed = { kind: "moved"; state: FlowFormState } | { kind: "done"; answers: Record<string, unknown> };

/**
 * What an action leads to: another screen, or the form's end with its answers. A step that would ask the business' own server
 * moves to the next screen of the form, or ends it on the last: there is no such server behind a drawn phone.
 */
export function pressAction(form: FlowForm, state: FlowFormState, action: FlowAction): Pressed {
  const payload = Object.fromEntries(
    Object.entries(action.payload).map(([name, value]) => [name, resolveValue(form, state, value)]),
  );
  const next = nextScreen(form, state, action);
  if (next)
    return { kind: "moved", state: { ...state, path: [...state.path, next], data: { ...state.data, ...payload } } };
  return { kind: "done", answers: Object.keys(payload).length > 0 ? payload : everyAnswer(state) };
}

function nextScreen(form: FlowForm, state: FlowFormState, action: FlowAction): string | undefined {
  if (action.name === "complete" || action.name === "other") return undefined;
  if (action.next) return form.screens.find((screen) => screen.id === action.next)?.id;
  const index = form.screens.findIndex((screen) => screen.id === state.path.at(-1));
  return form.screens[index + 1]?.id;
}

const everyAnswer = (state: FlowFormState): Record<string, unknown> =>
  Object.assign({}, ...state.path.map((screen) => state.values[screen] ?? {}));

/** "${form.x}", "${data.x}" and "${screen.S.form.x}"; everything else is what it is. An unanswered question gives "". */
export function resolveValue(form: FlowForm, state: FlowFormState, value: unknown): unknown {
  if (typeof value !== "string") return value;
  const [, screenId, place, name = ""] = /^\$\{(?:screen\.(\w+)\.)?(form|data)\.([\w-]+)\}$/.exec(value) ?? [];
  if (!place) return value;
  const screen = screenId ?? state.path.at(-1) ?? "";
  if (place === "form") return state.values[screen]?.[name] ?? "";
  return state.data[name] ?? form.screens.find((one) => one.id === screen)?.samples[name] ?? "";
}
