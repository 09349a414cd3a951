import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { z } from "zod";

const Question = z.object({ customerId: z.string(), currency: z.string().nullable() });

export type CoreBanking = { url: string; close: () => Promise<void> };

/** The bank's own system as the chatbot asks it: a balance and the next instalment of each customer, always the same ones. */
export async function openCoreBanking(now: () => Date): Promise<CoreBanking> {
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      const asked = Question.safeParse(JSON.parse(Buffer.concat(parts).toString("utf8") || "{}"));
      response.writeHead(asked.success ? 200 : 400, { "content-type": "application/json" });
      response.end(JSON.stringify(asked.success ? accountOf(asked.data, now()) : {}));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/accounts`, close: () => closed(server) };
}

function accountOf({ customerId, currency }: z.infer<typeof Question>, now: Date) {
  const number = Number.parseInt(customerId.replace(/\D/g, "").slice(-6) || "1", 10);
  const dueOn = new Date(now.getTime() + (3 + (number % 20)) * 86_400_000).toISOString().slice(0, 10);
  return {
    balanceMinor: 20_000 + (number % 9_000) * 1_000,
    dueMinor: 10_000 + (number % 700) * 500,
    dueOn,
    currency: currency ?? "USD",
  };
}

const closed = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
