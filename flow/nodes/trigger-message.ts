import { z } from "zod";
import { defineNode, type NodeProblem } from "../define-node.ts";
import { readKeyword } from "../gate/opt-out.ts";
import { heardWords, messageEventName } from "../message-event.ts";
import { always, Rule } from "../rule.ts";

const config = z.strictObject({
  /** contains: the word or words stand in it; exact: it is nothing else; any: whatever it is, when no other flow starts by it. */
  match: z.enum(["contains", "exact", "any"]).default("contains").meta({ field: "select", label: "match" }),
  keywords: z.array(z.string().max(60)).max(40).default([]).meta({ field: "words", label: "keywords" }),
  /** Only messages to this number; null: to any of the workspace's. */
  channel: z.uuid().nullable().default(null).meta({ field: "channel", label: "channel" }),
  rule: Rule.default(always).meta({ field: "rule", label: "entryCriteria" }),
});
type Config = z.output<typeof config>;

/**
 * Starts the flow when a person writes one of these words, or anything at all. What a step of another flow waits for goes there, and
 * what an agent is dealing with goes to the agent; STOP and START are heard before.
 */
export const triggerMessage = defineNode({
  type: "trigger-message",
  family: "trigger",
  icon: "message-square-text",
  config,
  initial: () => ({ match: "contains", keywords: [], channel: null, rule: always }),
  handles: () => [{ id: "next", place: "main" }],
  summary: ({ match, keywords }) => [
    "trigger-message.summary",
    { match, first: keywords[0] ?? "", count: keywords.length },
  ],
  problems: (config, { channels }) => [
    ...wordProblems(config),
    ...(config.channel && channels && !channels.some(({ id }) => id === config.channel)
      ? [{ rule: "unknown-channel", field: "channel" }]
      : []),
  ],
  opensWindow: true,
  opensOn: ({ match, keywords, channel, rule }) => ({
    event: messageEventName,
    rule: {
      all: [
        ...(match === "any" ? [] : [{ any: keywords.map((word) => isHeard(match, word)) }]),
        ...(channel ? [{ path: "event.channel", op: "eq" as const, value: channel }] : []),
        rule,
      ],
    },
    by: { kind: "message", isRest: match === "any", sample: keywords[0] ?? "" },
  }),
  enter: (_, { enrollment }) => ({
    detail: { text: enrollment.event.properties.text ?? "" },
    move: { leaveBy: "next" },
  }),
});

const isHeard = (match: "contains" | "exact", word: string): Rule => ({
  path: "event.words",
  op: match === "exact" ? "eq" : "contains",
  value: heardWords(word),
});

function wordProblems({ match, keywords }: Config): NodeProblem[] {
  if (match === "any") return [];
  const unheard = keywords.find((word) => heardWords(word).trim() === "");
  const taken = keywords.find((word) => readKeyword(word) !== null);
  return [
    ...(keywords.length === 0 ? [{ rule: "no-keywords", field: "keywords" }] : []),
    ...(unheard === undefined ? [] : [{ rule: "keyword-unheard", field: "keywords", values: { word: unheard } }]),
    ...(taken === undefined ? [] : [{ rule: "keyword-taken", field: "keywords", values: { word: taken } }]),
  ];
}
