"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { useCheckWords } from "#components/gate-checks/use-check-words.ts";
import { MessageStatusChip } from "#components/phone/message-status-chip.tsx";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";

const over = ["delivered", "read", "failed", "skipped", "unknown"];

/** What becomes of a test message; looks again until it is over: delivered, not sent, or nobody knows. */
export function TestOutcome({ messageId }: { messageId: string }) {
  const reasons = useTranslations("reasons");
  const trpc = useTRPC();
  const words = useCheckWords();
  const { data } = useQuery(
    trpc.channelSetup.testMessage.queryOptions(
      { messageId },
      { refetchInterval: ({ state }) => (over.includes(state.data?.status ?? "") ? false : 700) },
    ),
  );
  if (!data) return null;
  const stopped = data.checks?.filter(({ verdict }) => verdict !== "pass") ?? [];
  return (
    <div className="space-y-1.5 text-sm">
      <p className="flex flex-wrap items-center gap-2">
        <MessageStatusChip status={data.status} />
        {data.reason ? <span>{reasons.has(data.reason) ? reasons(data.reason) : data.reason}</span> : null}
      </p>
      {stopped.length > 0 ? (
        <ul className="list-disc pl-5 text-secondary text-xs">
          {stopped.map((check) => (
            <li key={check.check}>
              {words.name(check)}: {words.value(check.seen)}
            </li>
          ))}
        </ul>
      ) : null}
      {data.errorDetail ? <p className="font-mono text-danger text-xs">{data.errorDetail}</p> : null}
    </div>
  );
}
