import { createServer } from "node:http";

/** What the door is measured against: node's own HTTP server that reads and parses the same body, answers the same, and stores nothing. */
const answer = '{"success":true,"rejected":[],"warnings":[]}';

createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    if (chunks.length > 0) JSON.parse(Buffer.concat(chunks).toString("utf8"));
    response.writeHead(200, {
      "content-type": "application/json; charset=utf-8",
      "content-length": answer.length,
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
    });
    response.end(answer);
  });
}).listen(Number(process.argv[2]), "127.0.0.1");
