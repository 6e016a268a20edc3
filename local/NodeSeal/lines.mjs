// Answers JSON lines: {"do": NAME, ...} on standard input, one line {...} or {"error": "..."} each on standard output.
import { createInterface } from 'node:readline';

export async function answerLines(describe, commands) {
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
    const request = JSON.parse(line);
    let answer;
    try {
      const command = commands[request.do];
      if (!command) throw new Error(`there is no command '${request.do}'`);
      answer = command(request) ?? {};
    } catch (error) {
      answer = { error: describe(error) };
    }
    if (!process.stdout.write(JSON.stringify(answer) + '\n')) await new Promise(resume => process.stdout.once('drain', resume));
  }
}
