import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { readCpuProfile } from "./read-cpu-profile.ts";

/** A profile of as many functions as there are files, each of which took 100 us. */
function profileOf(urls: readonly string[]): string {
  const folder = mkdtempSync(path.join(tmpdir(), "cpu-profile-"));
  const nodes = urls.map((url, id) => ({ id, callFrame: { functionName: `f${id}`, url, lineNumber: 6 } }));
  const profile = { nodes, samples: nodes.map(({ id }) => id), timeDeltas: nodes.map(() => 100) };
  writeFileSync(path.join(folder, "CPU.1.cpuprofile"), JSON.stringify(profile));
  return folder;
}

test.each(["file:///home/ana/bench/", "file:///srv/server/flow/"])(
  "own time goes to the part of the code that ran, whatever folder the checkout lies in: %s",
  (root) => {
    const folder = profileOf([
      `${root}flow/advance.ts`,
      `${root}server/engine/signals/signal-host.ts`,
      `${root}server/door/answer.ts`,
      `${root}bench/engine/drain-signals.ts`,
      `${root}node_modules/undici/lib/agent.js`,
      "node:net",
      "",
    ]);
    const { parts, functions } = readCpuProfile(folder, root);
    expect(parts.map(({ name }) => name).toSorted()).toEqual([
      "Node's own modules",
      "V8 built-ins (JSON, dates, strings)",
      "bench",
      "flow",
      "server/door",
      "server/engine/signals",
      "undici",
    ]);
    expect(functions.map(({ name }) => name)).toContain("f2 server/door/answer.ts:7");
    expect(functions.map(({ name }) => name)).toContain("f4 node_modules/undici/lib/agent.js:7");
  },
);
