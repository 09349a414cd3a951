/** What the address of a clicked link tells the site behind it. */
export type Campaign = { code: string; flowName: string | null; nodeId: string | null };

/** The stored target with UTM parameters and our click id; what the target already says is never overwritten. */
export function targetOf(target: string, { code, flowName, nodeId }: Campaign): string {
  const url = new URL(target);
  const parameters: [string, string | null][] = [
    ["utm_source", "whatsapp"],
    ["utm_medium", "message"],
    ["utm_campaign", flowName && slugOf(flowName)],
    ["utm_content", nodeId],
    ["wfid", code],
  ];
  for (const [name, value] of parameters) {
    if (value && !url.searchParams.has(name)) url.searchParams.set(name, value);
  }
  return url.toString();
}

const slugOf = (name: string): string =>
  name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-|-$/g, "");
