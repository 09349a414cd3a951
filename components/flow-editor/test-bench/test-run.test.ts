import { expect, test } from "vitest";
import { createSimulation, step } from "#flow/simulate.ts";
import { starters } from "#flow/starters/index.ts";
import { logBlocks } from "./log-blocks.ts";
import { runMarks } from "./run-marks.ts";

const kyc = starters.find((starter) => starter.id === "kyc-reminder");
if (!kyc) throw new Error("The KYC starter is gone.");
const approved = kyc.templates.map((info) => ({
  ...info,
  languages: info.languages.map((one) => ({ ...one, status: "approved" as const })),
}));
const contact = { id: "c", firstName: "Awa", locale: "fr", timezone: "Africa/Dakar", attributes: {}, tags: [] };
const words = {
  time: String,
  deferred: (until: number) => `deferred ${until}`,
  waiting: () => "waiting",
  notSent: "not sent",
  ended: (reason: string) => reason,
};
const morning = Date.UTC(2026, 10, 23, 10);
const night = Date.UTC(2026, 10, 23, 23);

const started = (startAt: number) =>
  step(
    createSimulation({
      graph: kyc.graph,
      catalog: { templates: approved },
      contact,
      workspaceTimezone: "Africa/Dakar",
      startAt,
    }),
    {
      kind: "event",
      ...kyc.sampleEvent,
    },
  );

test("the way taken lights up and the person stands on the waiting step", () => {
  const marks = runMarks(started(morning), kyc.graph, words);
  expect([...marks.edges].sort()).toEqual(["first-next", "trigger-next"]);
  expect(marks.current).toBe("wait-1");
  expect(marks.stamps.get("wait-1")).toEqual({ text: "waiting", tone: "waiting" });
});

test("a message that waits for the morning is stamped on its step", () => {
  expect(runMarks(started(night), kyc.graph, words).stamps.get("first")).toMatchObject({
    tone: "waiting",
    text: expect.stringContaining("deferred"),
  });
});

test("the log groups what one step did under one head", () => {
  const blocks = logBlocks(started(morning).log);
  expect(
    blocks.every(
      (block) =>
        block.nodeId === null || block.entries.every((entry) => "nodeId" in entry && entry.nodeId === block.nodeId),
    ),
  ).toBe(true);
  expect(blocks.flatMap((block) => block.entries)).toHaveLength(started(morning).log.length);
});
