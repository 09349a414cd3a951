import type { BenchStack } from "./bench-stack.ts";

export type SandboxMessage = { wamid: string; biz_opaque_callback_data?: string; at: string };

/** Every message that the sandbox took, in its own record, oldest first. */
export async function allMessages(stack: BenchStack): Promise<SandboxMessage[]> {
  const all: SandboxMessage[] = [];
  for (let after = ""; ; ) {
    const url = new URL("/__sandbox/messages?direction=outbound&limit=10000", stack.sandboxUrl);
    if (after) url.searchParams.set("after", after);
    const page = (await (await fetch(url)).json()) as {
      data: SandboxMessage[];
      paging: { cursors?: { after: string } };
    };
    all.push(...page.data);
    if (page.data.length === 0 || !page.paging.cursors) return all;
    after = page.paging.cursors.after;
  }
}
