// Records what handlebars.js makes of every case in cases.json.
//
//     node record.mjs            writes the `expect` members
//     node record.mjs --check    fails when one of them would change
//
// A new case is written by hand without `expect`, anywhere in the file.

import { readFileSync, writeFileSync } from 'node:fs';
import { render, version } from './engine.mjs';

const FILE = new URL('cases.json', import.meta.url);
const MEMBERS = ['name', 'template', 'partials', 'input', 'context', 'expect'];

/**
 * Reads JSON and keeps each string and number as it is written: `1.0`, `-0`
 * and `"\u00a0"` are what some cases are about, and JSON.parse loses them.
 */
function readJson(text) {
  const tokens = text.match(/"(?:[^"\\]|\\.)*"|[[\]{}:,]|[^\s[\]{}:,"]+/g);
  let at = 0;
  const value = () => {
    const token = tokens[at++];
    if (token === '[') {
      const list = [];
      while (tokens[at] !== ']') {
        list.push(value());
        if (tokens[at] === ',') at += 1;
      }
      at += 1;
      return list;
    }
    if (token === '{') {
      const members = new Map();
      while (tokens[at] !== '}') {
        const key = tokens[at];
        at += 2;
        members.set(key, value());
        if (tokens[at] === ',') at += 1;
      }
      at += 1;
      return members;
    }
    return token;
  };
  return value();
}

/** Writes what `readJson` read, on one line. */
function oneLine(value) {
  if (Array.isArray(value)) return `[${value.map(oneLine).join(', ')}]`;
  if (!(value instanceof Map)) return value;
  const members = [...value].map(([key, member]) => `${key}: ${oneLine(member)}`);
  return `{${members.join(', ')}}`;
}

/** A string of JSON in which every character can be seen. */
function quoted(text) {
  return JSON.stringify(text).replace(
    /[\u007f-\u00a0\u00ad\u200b-\u200f\u2028-\u202f\u2060\ufeff\ufffd]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`
  );
}

function recorded(source) {
  const members = new Map(
    [...source].map(([key, value]) => [JSON.parse(key), value])
  );
  const stray = [...members.keys()].filter((key) => !MEMBERS.includes(key));
  if (stray.length > 0) throw new Error(`unknown members: ${stray.join(', ')}`);
  const [[kind, text]] = Object.entries(render(JSON.parse(oneLine(source))));
  members.set('expect', new Map([[quoted(kind), quoted(text)]]));
  const lines = MEMBERS.filter((key) => members.has(key)).map(
    (key) => `    "${key}": ${oneLine(members.get(key))}`
  );
  return `  {\n${lines.join(',\n')}\n  }`;
}

function refuseTwins(cases) {
  const names = cases.map((members) => members.get('"name"'));
  const twins = names.filter((name, at) => names.indexOf(name) !== at);
  if (twins.length > 0) throw new Error(`names used twice: ${twins.join(', ')}`);
}

const before = readFileSync(FILE, 'utf8');
JSON.parse(before);
const cases = readJson(before);
refuseTwins(cases);
const after = `[\n${cases.map(recorded).join(',\n')}\n]\n`;
console.log(`handlebars ${version}, ${cases.length} cases`);
if (after === before) {
  console.log('all as recorded');
} else if (process.argv.includes('--check')) {
  const now = readJson(after).map(oneLine);
  cases.forEach((members, at) => {
    if (oneLine(members) !== now[at]) {
      console.error(`changed: ${oneLine(members)}\n     now: ${now[at]}`);
    }
  });
  console.error('cases.json is not as `node record.mjs` writes it');
  process.exitCode = 1;
} else {
  writeFileSync(FILE, after);
  console.log('written');
}
