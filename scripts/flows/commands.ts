import { createTwoFilesPatch } from "diff";
import { formatOf, writeFlow } from "#components/flow-file/flow-text.ts";
import type { FlowFile } from "#flow/flow-file.ts";
import type { FlowFolder, LocalFlow } from "./flow-folder.ts";
import { type FlowsApi, FlowsApiError, type StoredFlow } from "./flows-api.ts";

export type CommandOptions = {
  api: FlowsApi;
  folder: FlowFolder;
  /** Names of files; none: all of them. */
  only: readonly string[];
  publish: boolean;
  force: boolean;
  write: (line: string) => void;
};

/** Writes each flow into its file: the one that has its id, else a new one. Answers the exit code. */
export async function pullFlows({ api, folder, only, force, write }: CommandOptions): Promise<number> {
  const local = await folder.read();
  const stored = await api.list();
  const taken = new Set(local.map(({ file }) => file));
  let kept = 0;
  for (const flow of stored) {
    const mine = local.find((one) => one.flow.id === flow.id);
    const file = mine?.file ?? folder.nameFor(flow.name, taken);
    taken.add(file);
    if (only.length > 0 && !only.includes(file)) continue;
    if (mine && !force && (await isChangedHere(mine, flow))) {
      write(`kept       ${file}: it has changes that were not pushed (--force takes the workspace's)`);
      kept += 1;
      continue;
    }
    const isNew = await folder.write(file, fileOf(flow, mine?.flow));
    write(`${isNew ? "written  " : "unchanged"}  ${file} (revision ${flow.revision})`);
  }
  const gone = local.filter(({ flow }) => flow.id !== undefined && !stored.some(({ id }) => id === flow.id));
  for (const { file } of gone) write(`gone       ${file}: the workspace has no such flow any more`);
  return kept > 0 ? 1 : 0;
}

/** Says what differs, line by line; 1 when something does. */
export async function diffFlows({ api, folder, only, write }: CommandOptions): Promise<number> {
  const local = chosen(await folder.read(), only);
  const stored = await api.list();
  let differing = 0;
  for (const mine of local) {
    const theirs = stored.find(({ id }) => id === mine.flow.id);
    if (theirs && (await isSame(mine, theirs))) continue;
    differing += 1;
    if (!theirs) {
      write(`only here  ${mine.file}`);
      continue;
    }
    const where = mine.flow.revision === theirs.revision ? "changed here" : "changed there";
    write(`${where}  ${mine.file} (revision ${mine.flow.revision ?? "none"} here, ${theirs.revision} there)`);
    const [there, here] = [await textOf(mine.file, fileOf(theirs, mine.flow)), await textOf(mine.file, mine.flow)];
    write(
      createTwoFilesPatch(`there/${mine.file}`, `here/${mine.file}`, there, here, "", "", { context: 2 }).trimEnd(),
    );
  }
  const unknown = only.length > 0 ? [] : stored.filter(({ id }) => !local.some(({ flow }) => flow.id === id));
  for (const { name } of unknown) write(`only there  ${name}`);
  return differing + unknown.length > 0 ? 1 : 0;
}

/**
 * Makes drafts of the files: a new flow of a file without an id, the next revision of one that has it. What somebody changed meanwhile is
 * not overwritten. The file then carries the new id and revision. Answers 1 when something was refused; the others are pushed all the same.
 */
export async function pushFlows(options: CommandOptions): Promise<number> {
  const local = chosen(await options.folder.read(), options.only);
  let refused = 0;
  for (const mine of local) {
    try {
      await pushOne(mine, options);
    } catch (error) {
      if (!(error instanceof FlowsApiError)) throw error;
      refused += 1;
      const hint = error.code === "conflict" ? " Pull, merge and push again." : "";
      options.write(`refused    ${mine.file}: ${error.message}${hint}`);
    }
  }
  return refused > 0 ? 1 : 0;
}

async function pushOne(
  { file, flow }: LocalFlow,
  { api, folder, only, publish, write }: CommandOptions,
): Promise<void> {
  const theirs = flow.id === undefined ? null : await api.get(flow.id);
  const isUnchanged = theirs !== null && (await isSame({ file, flow }, theirs));
  if (isUnchanged) {
    await folder.write(file, { ...flow, revision: theirs.revision });
    write(`unchanged  ${file}`);
    if (publish && only.length > 0) await publishOne(api, { file, id: theirs.id, revision: theirs.revision, write });
    return;
  }
  const { name, graph, cases } = flow;
  const written = theirs
    ? await api.change(theirs.id, { name, graph, cases, revision: flow.revision ?? theirs.revision })
    : await api.create({ name, graph, cases });
  await folder.write(file, { ...flow, id: written.id, revision: written.revision });
  const problems =
    written.problems.length > 0 ? `, ${written.problems.length} problems: ${named(written.problems)}` : "";
  write(`${theirs ? "changed  " : "made     "}  ${file} (revision ${written.revision}${problems})`);
  if (publish) await publishOne(api, { file, id: written.id, revision: written.revision, write });
}

type Publishing = { file: string; id: string; revision: number; write: CommandOptions["write"] };

async function publishOne(api: FlowsApi, { file, id, revision, write }: Publishing): Promise<void> {
  write(`published  ${file} (version ${await api.publish(id, revision)})`);
}

const named = (problems: readonly { rule: string }[]): string =>
  [...new Set(problems.map(({ rule }) => rule))].join(", ");

const fileOf = ({ id, revision, name, graph, cases }: StoredFlow, before?: FlowFile): FlowFile => ({
  ...(before?.$schema !== undefined && { $schema: before.$schema }),
  ...{ id, revision, name, graph },
  ...((cases.length > 0 || before?.cases !== undefined) && { cases }),
});

/** What is compared, as the file writes it: the name, the graph and the test cases. */
const textOf = (file: string, { name, graph, cases }: FlowFile): Promise<string> =>
  writeFlow({ name, graph, ...(cases && { cases }) }, formatOf(file));

/** A file without cases says nothing of them. */
async function isSame({ file, flow }: LocalFlow, theirs: StoredFlow): Promise<boolean> {
  const { cases, ...there } = fileOf(theirs, flow);
  return (await textOf(file, flow)) === (await textOf(file, { ...there, ...(flow.cases && { cases }) }));
}

/** The workspace stands where the file was pulled, and the file says something else. */
const isChangedHere = async (mine: LocalFlow, theirs: StoredFlow): Promise<boolean> =>
  mine.flow.revision === theirs.revision && !(await isSame(mine, theirs));

function chosen(local: LocalFlow[], only: readonly string[]): LocalFlow[] {
  const missing = only.filter((name) => !local.some(({ file }) => file === name));
  if (missing.length > 0) throw new Error(`There is no file ${missing.join(", ")} in the folder.`);
  return only.length === 0 ? local : local.filter(({ file }) => only.includes(file));
}
