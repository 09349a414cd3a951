import { parseArgs } from "node:util";
import { flowFormats } from "#components/flow-file/flow-text.ts";
import { diffFlows, pullFlows, pushFlows } from "./flows/commands.ts";
import { FlowFolder } from "./flows/flow-folder.ts";
import { FlowsApi } from "./flows/flows-api.ts";

const usage = `Usage: npm run flows -- pull|diff|push [--dir flows] [--format yaml|json] [--url http://localhost:3000] [file ...]

  pull   writes each flow of the workspace into a file of its own; --force also over changes that were not pushed
  diff   compares the files with the workspace; ends with 1 when something differs
  push   makes drafts of the files; --publish makes what was pushed the running version (a key with the scope flows:publish)

The REST key is read from CHASQUI_KEY.`;

/** Flows in git (docs/flow-files.md): the files are what is reviewed, the workspace is what runs. */
export async function main(args: string[], write: (line: string) => void): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      dir: { type: "string", default: "flows" },
      format: { type: "string", default: "yaml" },
      url: { type: "string", default: process.env.CHASQUI_URL ?? "http://localhost:3000" },
      publish: { type: "boolean", default: false },
      force: { type: "boolean", default: false },
    },
  });
  const [command, ...files] = positionals;
  const format = flowFormats.find((one) => one === values.format);
  const key = process.env.CHASQUI_KEY;
  const run = command === "pull" ? pullFlows : command === "diff" ? diffFlows : command === "push" ? pushFlows : null;
  if (!run || !format) throw new Error(usage);
  if (!key) throw new Error(`Set CHASQUI_KEY to a REST key (Settings, API keys).\n${usage}`);
  const api = new FlowsApi(values.url, key);
  const folder = new FlowFolder(values.dir, format);
  return run({ api, folder, only: files, publish: values.publish, force: values.force, write });
}

if (import.meta.main) {
  const write = (line: string) => process.stdout.write(`${line}\n`);
  try {
    process.exitCode = await main(process.argv.slice(2), write);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 2;
  }
}
