import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { root } from "#scripts/stack/run-once.ts";
import { plantedBugs } from "./planted-bugs.ts";

// That the ledger finds them is seen in the smoke run of npm test; here, that they still fit the files they are planted into.
const bugs = plantedBugs.flatMap(({ id, title, workerImports }) =>
  (workerImports ?? []).map((file) => [id, title, file] as const),
);

test.each(bugs)("%s (%s) still fits the product's code", (_id, _title, file) => {
  const planted = [...readFileSync(file, "utf8").matchAll(/^plant\("([^"]+)"/gm)].map(([, name = ""]) => name);
  expect(planted.length).toBeGreaterThan(0);
  for (const name of planted) {
    const load = `await import(${JSON.stringify(path.join(root, name))})`;
    const given = ["--import", file, "--input-type=module", "-e", load];
    expect(() => execFileSync(process.execPath, given, { cwd: root, stdio: "pipe" })).not.toThrow();
  }
});

test("a plant that does not fit any more is noticed", () => {
  const load = `
    import { plant } from ${JSON.stringify(path.join(root, "bench/faults/planted/plant.ts"))};
    plant("server/clock.ts", [["no such words", ""]]);
    await import(${JSON.stringify(path.join(root, "server/clock.ts"))});`;
  const run = () => execFileSync(process.execPath, ["--input-type=module", "-e", load], { cwd: root, stdio: "pipe" });
  expect(run).toThrow(/does not fit server\/clock.ts any more/);
});
