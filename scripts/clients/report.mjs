// What each client's checks share: the models to use, one line of JSON per check on standard output, and the wait for a freed slot.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

const patience = 30_000;

/** The addresses and models, as scripts/clients_check.cs chose them. */
export const config = JSON.parse(process.env.CLIENTS_CHECK);

export const question = 'What is the weather like?';

export const tools = ['get_weather', 'get_time'].map((name) => ({
  name,
  description: `${name} of a city`,
  parameters: {
    type: 'object',
    properties: { city: { type: 'string' }, days: { type: 'integer' } },
    required: ['city'],
    additionalProperties: false,
  },
}));

const say = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);

export function version(name) {
  const file = new URL(`node_modules/${name}/package.json`, import.meta.url);
  return `${name} ${JSON.parse(readFileSync(file, 'utf8')).version}`;
}

export const client = (...names) => say({ client: names.map(version).join(', ') });

/** Runs one check; what it throws is its failure, what it returns is added to its name. */
export async function check(what, body) {
  const late = new AbortController();
  try {
    const note = await Promise.race([
      body(),
      delay(patience, undefined, { signal: late.signal }).then(() => assert.fail(`not done within ${patience} ms`)),
    ]);
    say({ what: note === undefined ? what : `${what} (${note})`, ok: true });
  } catch (error) {
    say({ what, ok: false, seen: `${error?.name}: ${error?.message ?? error}`.replace(/\s+/g, ' ') });
  } finally {
    late.abort();
  }
}

/** A check that needs a model made for it. */
export async function checkWith(model, what, body) {
  if (model) {
    await check(what, () => body(model));
  } else {
    say({ what, skipped: 'no model for it was given' });
  }
}

export const end = () => {
  say({ end: true });
  process.exit(0);
};

export function isText(seen, model = config.chat) {
  if (model.text === undefined) {
    assert.ok(seen.length > 0, 'the text is empty');
  } else {
    assert.equal(seen, model.text);
  }
}

/** The finish reason of a whole answer, in the client's words; a model of which nothing is known may have run out of tokens. */
export function isEnd(seen, stop, length) {
  assert.ok(seen === stop || (config.chat.text === undefined && seen === length), `it ended with ${seen}`);
}

export function isUsage(input, output, model = config.chat) {
  assert.ok(input > 0, `input tokens: ${input}`);
  if (model.output_tokens === undefined) {
    assert.ok(output > 0, `output tokens: ${output}`);
  } else {
    assert.equal(output, model.output_tokens);
  }
}

/** Calls as [name, parsed arguments], in their order. */
export function areCalls(seen) {
  if (config.tool.arguments === undefined) {
    assert.ok(seen.length > 0, 'no tool was called');
    assert.ok(seen.every(([name, args]) => tools.some((tool) => tool.name === name) && typeof args === 'object'), JSON.stringify(seen));
  } else {
    assert.deepEqual(seen, tools.map((tool) => [tool.name, config.tool.arguments]));
  }
}

export function areSame(vectors, others) {
  assert.equal(vectors.length, others.length);
  vectors.forEach((vector, i) => {
    assert.ok(vector.length > 0 && vector.length === others[i].length, `lengths ${vector.length} and ${others[i].length}`);
    vector.forEach((number, j) => assert.ok(Math.abs(number - others[i][j]) < 1e-6, `${number} is not ${others[i][j]}`));
  });
}

export const differ = (vectors) => assert.notDeepEqual(vectors[0], vectors[1]);

export const thrown = async (body) => {
  let value;
  try {
    value = await body();
  } catch (error) {
    return error;
  }

  assert.fail(`nothing was thrown; got ${JSON.stringify(value)}`);
};

async function active() {
  const response = await fetch(config.slow.active_at);
  const body = await response.text();
  const model = response.ok ? JSON.parse(body) : {};
  return model.active ?? model.modelmesh?.active;
}

/** Opens a stream, leaves it in its middle, and waits until the server has freed the slot. */
export async function checkLeaving(what, leave) {
  await checkWith(config.slow?.model && config.slow, what, async ({ model }) => {
    const before = await active();
    let during;
    await leave(model, async () => {
      during = await active();
    });
    if (before === undefined) {
      return 'this server does not tell whether the slot is free';
    }

    assert.equal(during, before + 1, 'the stream took a slot');
    for (let waited = 0; waited < 5_000; waited += 50) {
      if ((await active()) === before) {
        return undefined;
      }

      await delay(50);
    }

    return assert.fail(`the slot was not freed; active: ${await active()}`);
  });
}
