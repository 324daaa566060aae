// The JavaScript side of a live comparison.
//
// Reads a line of JSON for each template, `{"template", "partials", "input",
// "context"}`, and answers each, in order, with `{"text": ...}` or
// `{"error": "the first line of the message"}`. Ends when its input ends.

import { render } from './engine.mjs';

function answer(line) {
  try {
    return render(JSON.parse(line));
  } catch (error) {
    return { error: String(error?.message ?? error).split('\n')[0] };
  }
}

// Not `readline`: it also ends a line at U+2028 and U+2029, which JSON allows
// in a string.
let pending = [];
process.stdin.setEncoding('utf8');
process.stdin.on('data', (chunk) => {
  const lines = chunk.split('\n');
  if (lines.length === 1) {
    pending.push(chunk);
    return;
  }
  pending.push(lines[0]);
  lines[0] = pending.join('');
  pending = [lines.pop()];
  const answers = lines.map((line) => JSON.stringify(answer(line)));
  process.stdout.write(`${answers.join('\n')}\n`);
});
process.stdin.on('end', () => {
  const line = pending.join('');
  if (line) process.stdout.write(`${JSON.stringify(answer(line))}\n`);
});
process.stdout.on('error', () => process.exit(0));
