import { fileURLToPath } from "node:url";
import { runChecks } from "./checks/run-checks.ts";

/** `npm run check`: the house's rules that no other tool knows (docs/operating.md names them). */
const { files, imports, problems } = runChecks(fileURLToPath(new URL("..", import.meta.url)));
for (const { path, line, rule, message } of problems) process.stdout.write(`${path}:${line} ${rule}: ${message}\n`);
process.stdout.write(`House rules: ${files} files, ${imports} imports between them, ${problems.length} problems\n`);
process.exitCode = problems.length > 0 ? 1 : 0;
