// Renders one template with handlebars.js the way the JavaScript runtime of
// dotprompt sets it up: the same options, the same helpers, a fresh
// environment for every template.

import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';

/** Finds handlebars beside this file, above the current folder, on NODE_PATH
 *  and where Linux distributions install packages of Node. */
function findHandlebars() {
  const roots = [
    import.meta.url,
    join(process.cwd(), 'x.js'),
    ...(process.env.NODE_PATH ?? '')
      .split(delimiter)
      .filter(Boolean)
      .flatMap((path) => [join(path, 'x.js'), join(dirname(path), 'x.js')]),
  ];
  const names = [
    'handlebars',
    '/usr/share/nodejs/handlebars',
    '/usr/lib/node_modules/handlebars',
    '/usr/local/lib/node_modules/handlebars',
  ];
  for (const name of names) {
    for (const root of roots) {
      try {
        const require = createRequire(root);
        const found = require(name);
        return found.create ? found : found.default;
      } catch (error) {
        if (error.code !== 'MODULE_NOT_FOUND') throw error;
      }
    }
  }
  throw new Error(
    'handlebars is not installed: `npm install handlebars@4.7` in a folder, then NODE_PATH=<folder>/node_modules'
  );
}

const Handlebars = findHandlebars();
const { SafeString } = Handlebars;

/** The version of handlebars.js that renders. */
export const version = Handlebars.VERSION;

// What `{{log}}` and refused property names print is no part of the result.
const silent = () => {};
Handlebars.logger.log = silent;

/** The helpers of dotprompt's JavaScript runtime, word for word. */
const helpers = {
  json(serializable, options) {
    return new SafeString(
      JSON.stringify(serializable, null, options.hash.indent || 0)
    );
  },
  role(role) {
    return new SafeString(`<<<dotprompt:role:${role}>>>`);
  },
  history() {
    return new SafeString('<<<dotprompt:history>>>');
  },
  section(name) {
    return new SafeString(`<<<dotprompt:section ${name}>>>`);
  },
  media(options) {
    return new SafeString(
      `<<<dotprompt:media:url ${options.hash.url}${
        options.hash.contentType ? ` ${options.hash.contentType}` : ''
      }>>>`
    );
  },
  ifEquals(arg1, arg2, options) {
    return arg1 === arg2 ? options.fn(this) : options.inverse(this);
  },
  unlessEquals(arg1, arg2, options) {
    return arg1 !== arg2 ? options.fn(this) : options.inverse(this);
  },
};

// Partials that call each other can ask for more work than anybody can wait
// for; a template of a test never comes near these.
const MOST_PARTIAL_CALLS = 200_000;
const LONGEST_TEXT = 1 << 24;
// The parser of handlebars.js takes minutes for tens of thousands.
const MOST_BLOCKS = 4_000;

/** An environment of its own: a compiled partial is kept in it. */
function environment(partials) {
  const env = Handlebars.create();
  env.log = silent;
  const { invokePartial } = env.VM;
  let calls = 0;
  env.VM = {
    ...env.VM,
    invokePartial(...args) {
      calls += 1;
      if (calls > MOST_PARTIAL_CALLS) throw new Error('too many partial calls');
      return invokePartial.apply(this, args);
    },
  };
  for (const [name, helper] of Object.entries(helpers)) {
    env.registerHelper(name, helper);
  }
  for (const [name, text] of Object.entries(partials ?? {})) {
    env.registerPartial(name, text);
  }
  return env;
}

/** The first line of what was thrown. */
function firstLine(error) {
  return String(error?.message ?? error).split('\n')[0];
}

/**
 * Renders, and gives `{ text }` or `{ error }`. Half of a surrogate pair
 * becomes U+FFFD, as it does in any UTF-8 output.
 */
export function render({ template, partials, input = {}, context }) {
  try {
    if (template?.match?.(/\{\{~?[#^]/g)?.length > MOST_BLOCKS) {
      throw new Error('too many blocks');
    }
    const compiled = environment(partials).compile(template, {
      knownHelpers: Object.fromEntries(
        Object.keys(helpers).map((name) => [name, true])
      ),
      knownHelpersOnly: true,
      noEscape: true,
    });
    const text = compiled(input, { data: { ...context } });
    if (text.length > LONGEST_TEXT) throw new Error('the text is too long');
    return { text: text.toWellFormed() };
  } catch (error) {
    return { error: firstLine(error).toWellFormed() };
  }
}
