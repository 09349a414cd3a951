import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { emptyGraph, type Graph } from "#flow/graph.ts";
import { type Autosave, quietMs, retryMs, startAutosave } from "./autosave.ts";
import { createEditorStore, type EditorStore } from "./editor-state/editor-store.ts";
import type { SaveResult } from "./editor-world.tsx";

type Call = { revision: number; graph: Graph; name: string };

let store: EditorStore;
let autosave: Autosave;
let calls: Call[];
let answer: (call: Call) => Promise<SaveResult>;

beforeEach(() => {
  vi.useFakeTimers();
  let count = 0;
  calls = [];
  answer = async ({ revision }) => ({ kind: "saved", revision: revision + 1 });
  const seed = {
    graph: emptyGraph(),
    name: "Flow",
    catalog: { templates: [] },
    canEdit: true,
    revision: 1,
    savedAt: 0,
  };
  store = createEditorStore(
    seed,
    () => `id-${++count}`,
    () => 0,
  );
  autosave = startAutosave(
    store,
    (call) => {
      calls.push(call);
      return answer(call);
    },
    () => 7,
  );
});

afterEach(() => {
  autosave.stop();
  vi.useRealTimers();
});

test("quick edits are saved once, when nothing has changed for a moment", async () => {
  store.actions.add("trigger-event");
  store.actions.add("exit");
  await vi.advanceTimersByTimeAsync(quietMs - 1);
  expect(calls).toHaveLength(0);
  await vi.advanceTimersByTimeAsync(1);
  expect(calls.map((call) => [call.revision, call.graph.nodes.length])).toEqual([[1, 2]]);
  expect(store.getState()).toMatchObject({ revision: 2, save: { kind: "saved", at: 7 } });
});

test("what is typed while a save is under way is saved after it, from the new revision", async () => {
  let finish: (result: SaveResult) => void = () => undefined;
  answer = () => new Promise((resolve) => (finish = resolve));
  store.actions.add("trigger-event");
  await vi.advanceTimersByTimeAsync(quietMs);
  store.actions.add("exit");
  finish({ kind: "saved", revision: 2 });
  answer = async () => ({ kind: "saved", revision: 3 });
  await vi.advanceTimersByTimeAsync(2 * quietMs);
  expect(calls.map((call) => call.revision)).toEqual([1, 2]);
  expect(store.getState().save.kind).toBe("saved");
});

test("a server that is away is asked again", async () => {
  answer = async () => Promise.reject(new Error("away"));
  store.actions.add("trigger-event");
  await vi.advanceTimersByTimeAsync(quietMs);
  expect(store.getState().save.kind).toBe("failed");
  answer = async () => ({ kind: "saved", revision: 2 });
  await vi.advanceTimersByTimeAsync(retryMs);
  expect(store.getState().save.kind).toBe("saved");
});

test("a conflict stops saving until somebody decides", async () => {
  const theirs = { revision: 5, graph: emptyGraph(), updatedBy: "Awa" };
  answer = async () => ({ kind: "conflict", theirs });
  store.actions.add("trigger-event");
  await vi.advanceTimersByTimeAsync(quietMs);
  store.actions.add("exit");
  await vi.advanceTimersByTimeAsync(10 * retryMs);
  expect(calls).toHaveLength(1);
  expect(store.getState().save).toEqual({ kind: "conflict", theirs });
  store.actions.replaceGraph(theirs.graph, theirs.revision);
  expect(store.getState()).toMatchObject({ revision: 5, save: { kind: "saved" } });
});

test("publishing first saves what is still unsaved", async () => {
  store.actions.add("trigger-event");
  await expect(autosave.flush()).resolves.toBe(true);
  expect(calls).toHaveLength(1);
  await expect(autosave.flush()).resolves.toBe(true);
  expect(calls).toHaveLength(1);
});
