import { connect, type Socket } from "node:net";

export type LoadOptions = {
  port: number;
  path: string;
  key: string;
  body: () => string;
  connections: number;
  seconds: number;
};
export type Load = { answers: number; failures: number; seconds: number; p50Ms: number; p99Ms: number };

/** Keeps every connection busy with one request after the other. Written on sockets: on two cores the client must cost little. */
export async function keepBusy(options: LoadOptions): Promise<Load> {
  const load = { answers: 0, failures: 0 };
  const times: number[] = [];
  const begun = performance.now();
  const until = begun + options.seconds * 1000;
  await Promise.all(Array.from({ length: options.connections }, () => runConnection(options, until, load, times)));
  times.sort((a, b) => a - b);
  const at = (share: number) => Number((times[Math.floor(times.length * share)] ?? 0).toFixed(1));
  return { ...load, seconds: (performance.now() - begun) / 1000, p50Ms: at(0.5), p99Ms: at(0.99) };
}

function runConnection(
  options: LoadOptions,
  until: number,
  load: Pick<Load, "answers" | "failures">,
  times: number[],
): Promise<void> {
  const authorization = `Basic ${Buffer.from(`${options.key}:`).toString("base64")}`;
  const head = `POST ${options.path} HTTP/1.1\r\nhost: door\r\nauthorization: ${authorization}\r\ncontent-type: application/json\r\n`;
  return new Promise((resolve, reject) => {
    const socket: Socket = connect(options.port, "127.0.0.1");
    let received = "";
    let sentAt = 0;
    const send = () => {
      if (performance.now() >= until) return socket.end();
      const body = options.body();
      sentAt = performance.now();
      socket.write(`${head}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
    };
    socket.setNoDelay(true);
    socket.on("connect", send);
    socket.on("data", (chunk) => {
      received += chunk.toString("latin1");
      if (!isWhole(received)) return;
      times.push(performance.now() - sentAt);
      if (received.startsWith("HTTP/1.1 200")) load.answers++;
      else load.failures++;
      received = "";
      send();
    });
    socket.on("close", () => resolve());
    socket.on("error", reject);
  });
}

function isWhole(response: string): boolean {
  const end = response.indexOf("\r\n\r\n");
  if (end < 0) return false;
  const length = /content-length: (\d+)/i.exec(response.slice(0, end))?.[1];
  return length === undefined ? response.endsWith("0\r\n\r\n") : response.length >= end + 4 + Number(length);
}
