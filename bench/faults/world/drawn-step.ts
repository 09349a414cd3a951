import fc from "fast-check";
import { csatContent } from "#flow/csat.ts";
import { heldOutArm, treatedArm } from "#flow/experiment.ts";
import type { FreeContent } from "#flow/free-message.ts";
import type { Purpose } from "#flow/graph.ts";
import { mayHoldOut } from "#flow/holdout.ts";
import { freeWords } from "./free-words.ts";
import { extraTemplate, placeOf, sendStep, valuesOf } from "./known-flow.ts";

/** A step with all that is below it. `isLoop`: a "go to" below leads back to the nearest one of these. */
export type Tree = { type: string; data: Record<string, unknown>; arms: Arm[]; isLoop?: true };
type Arm = { handle: string; to: Tree };

/** What a step is drawn in. `next`: what most people come to after it; `side`: what is below its other ways. */
export type Room = { purpose: Purpose; hasRef: boolean; next: fc.Arbitrary<Tree>; side: fc.Arbitrary<Tree> };
type Draw = (room: Room) => fc.Arbitrary<Tree>;

const oneMinute = { amount: 1, unit: "minutes" };
const everyDay = [1, 2, 3, 4, 5, 6, 7];
const status = fc.constantFrom("delivered", "read");

const rule = fc.oneof(
  fc.record({
    path: fc.constant("contact.score"),
    op: fc.constantFrom("gt", "lt"),
    value: fc.integer({ min: 300, max: 900 }),
  }),
  fc.record({
    path: fc.constant("event.amount"),
    op: fc.constantFrom("gte", "lte"),
    value: fc.integer({ min: 100, max: 900_000 }),
  }),
  fc.constant({ path: "event.path", op: "eq", value: "send" }),
);

const leaf =
  (type: string, data: Record<string, unknown>): Draw =>
  () =>
    fc.constant({ type, data, arms: [] });

/** Whoever leaves by the first way comes to `next`, by the others to something of each one's own. */
const fork = ({ next, side }: Room, type: string, data: fc.Arbitrary<Record<string, unknown>>, ways: string[]) =>
  fc.tuple(data, next, fc.tuple(...ways.slice(1).map(() => side))).map(
    ([data, to, others]): Tree => ({
      type,
      data,
      arms: ways.flatMap((handle, index) => {
        const below = index === 0 ? to : others[index - 1];
        return below ? [{ handle, to: below }] : [];
      }),
    }),
  );

/** Nobody knows by which of the first two ways most people will leave. */
const either = (
  room: Room,
  type: string,
  data: fc.Arbitrary<Record<string, unknown>>,
  [first = "", second = "", ...more]: string[],
) => fc.oneof(fork(room, type, data, [first, second, ...more]), fork(room, type, data, [second, first, ...more]));

const branchOn = (test: Record<string, unknown>) => ({ branches: [{ id: "yes", name: "Yes", rule: test }] });

const sending: Draw = (room) =>
  fork(room, "send", fc.constant(sendStep("any", extraTemplate(room.purpose), room.hasRef).data), ["next"]);

/** Each kind of step by its type: how it is drawn so that it can be published, and in which flows it may stand. */
export const drawnSteps: Readonly<Record<string, { draw: Draw; fits?: (room: Pick<Room, "purpose">) => boolean }>> = {
  condition: { draw: (room) => fork(room, "condition", rule.map(branchOn), ["yes", "else"]) },
  split: {
    draw: (room) => {
      // Nobody is kept from an alert to measure what it brings: each half begins with one.
      const alert = (to: fc.Arbitrary<Tree>) => (mayHoldOut(room.purpose) ? to : sending({ ...room, next: to }));
      const arms = (weight: number) => [
        { id: "a", name: "A", weight },
        { id: "b", name: "B", weight: 100 - weight },
      ];
      const data = fc.integer({ min: 0, max: 100 }).map((weight) => ({ experimentId: "made-up", arms: arms(weight) }));
      return fork({ ...room, next: alert(room.next), side: alert(room.side) }, "split", data, ["a", "b"]);
    },
  },
  wait: {
    draw: (room) =>
      fork(
        room,
        "wait",
        fc.constantFrom<Record<string, unknown>>(
          { mode: "date", path: "event.wakeAt", offsetHours: 0 },
          { mode: "duration", duration: oneMinute },
        ),
        ["next"],
      ),
  },
  "wait-until": {
    draw: (room) => {
      const source = fc.oneof(
        status.map((status) => ({ kind: "status", id: "met", status })),
        fc.constant({ kind: "reply", id: "met" }),
        fc.constant({ kind: "event", id: "met", event: "bank.transaction" }),
      );
      const data = source.map((source) => ({ sources: [source], timeout: oneMinute }));
      return either(room, "wait-until", data, ["met", "timeout"]);
    },
  },
  "time-window": {
    draw: (room) =>
      fc.oneof(
        fork(room, "time-window", fc.constant({ days: everyDay, from: "00:00", to: "23:59", outside: "wait" }), [
          "next",
        ]),
        fork(room, "time-window", fc.constant({ days: [1, 3, 5, 7], from: "08:00", to: "20:00", outside: "leave" }), [
          "next",
          "outside",
        ]),
      ),
  },
  throttle: {
    draw: (room) => {
      const people = fc.integer({ min: 1, max: 30 });
      const data = people.map((people) => ({ people, per: "minute", timeout: { amount: 3, unit: "minutes" } }));
      return fork(room, "throttle", data, ["next", "timeout"]);
    },
  },
  holdout: {
    fits: ({ purpose }) => mayHoldOut(purpose),
    draw: (room) => {
      const data = fc.integer({ min: 1, max: 50 }).map((percent) => ({ name: "made-up", percent }));
      return fc.oneof(fork(room, "holdout", data, [treatedArm]), fork(room, "holdout", data, [treatedArm, heldOutArm]));
    },
  },
  "go-to": { draw: (room) => room.next.chain((to) => status.map((status) => round(status, to))) },
  "run-flow": {
    draw: (room) => {
      const data = { flow: placeOf.partner, timeout: { amount: 2, unit: "minutes" }, values: { had: "event.amount" } };
      return fc.oneof(
        fork(room, "run-flow", fc.constant({ ...data, goesOn: "at-end" }), [
          ...["done", "exited", "timeout", "not-started"],
        ]),
        fork(room, "run-flow", fc.constant({ ...data, goesOn: "at-once" }), ["next", "not-started"]),
      );
    },
  },
  goal: { draw: leaf("goal", { name: "done" }) },
  exit: { draw: leaf("exit", { reason: "done" }) },
  send: { draw: sending },
  "free-message": {
    draw: (room) => {
      const data = fc.constantFrom(...shapes(room.purpose)).map((contents) => ({
        contents: [contents],
        values: { ...valuesOf(room.hasRef), image: { from: "text", text: "https://bank.example/card.png" } },
      }));
      return either(room, "free-message", data, ["next", "blocked"]);
    },
  },
  csat: {
    draw: (room) => {
      const asked = fc.constantFrom("list", "buttons").map((as) => ({
        contents: [csatContent("en", as, freeWords(room.purpose))],
        values: valuesOf(room.hasRef),
        timeout: oneMinute,
      }));
      return either(room, "csat", asked, ["no-answer", "blocked", "positive", "negative"]);
    },
  },
  "update-contact": {
    draw: (room) =>
      fork(room, "update-contact", fc.constant({ changes: [{ op: "increment", attribute: "made_up", by: 1 }] }), [
        "next",
      ]),
  },
  "hand-off": { draw: leaf("hand-off", { queue: "Support", priority: "normal", note: "made up" }) },
  webhook: {
    draw: (room) => {
      const path = fc.constantFrom("takes", "takes", "refuses");
      const data = path.map((path) => ({
        ...{ method: "POST", url: `${placeOf.endpoint}/${path}`, body: { ref: "event.ref" }, timeoutSeconds: 2 },
        mapping: { limit: "limit" },
      }));
      return fork(room, "webhook", data, ["ok", "failed"]);
    },
  },
};

/** Three rounds for each person in all flows together, a wait in each; then on. */
const round = (status: string, to: Tree): Tree => {
  const back: Tree = { type: "go-to", data: {}, arms: [] };
  const waiting: Tree = {
    type: "wait-until",
    data: { sources: [{ kind: "status", id: "met", status }], timeout: oneMinute },
    arms: [
      { handle: "met", to: back },
      { handle: "timeout", to: back },
    ],
  };
  const again: Tree = {
    type: "condition",
    data: branchOn({ path: "contact.rounds", op: "lte", value: 3 }),
    arms: [
      { handle: "yes", to: waiting },
      { handle: "else", to },
    ],
  };
  const count = { changes: [{ op: "increment", attribute: "rounds", by: 1 }] };
  return { type: "update-contact", data: count, arms: [{ handle: "next", to: again }], isLoop: true };
};

/** What is said freely, in each shape whose words the provider keeps. */
function shapes(purpose: Purpose): FreeContent[] {
  const plain = { language: "en", header: null, body: freeWords(purpose), footer: null, buttons: [], list: null };
  const answers = ["Yes", "No"].map((text) => ({ kind: "quick-reply" as const, id: text.toLowerCase(), text }));
  const rows = ["Cards", "Loans"].map((title) => ({ id: title.toLowerCase(), title, description: "" }));
  return [
    plain,
    { ...plain, header: { kind: "image" } },
    { ...plain, buttons: answers },
    { ...plain, list: { label: "Choose", sections: [{ title: "", rows }] } },
  ];
}
