// The official ollama package.
import assert from 'node:assert/strict';
import { Ollama } from 'ollama';
import * as r from './report.mjs';

const { config, check, checkWith } = r;
const ollama = new Ollama({ host: config.gateway });
const model = config.chat.model;
const messages = [{ role: 'user', content: r.question }];
const tools = r.tools.map((tool) => ({ type: 'function', function: tool }));
const callsOf = (message) => message.tool_calls.map((call) => [call.function.name, call.function.arguments]);
const results = (message) => message.tool_calls.map((call) => ({ role: 'tool', tool_name: call.function.name, content: 'sunny' }));

async function collect(stream, textOf) {
  let text = '';
  let pieces = 0;
  let last;
  const calls = [];
  for await (const part of stream) {
    text += textOf(part);
    pieces += textOf(part) ? 1 : 0;
    calls.push(...(part.message?.tool_calls ?? []));
    last = part;
  }

  return { text, pieces, last, message: { role: 'assistant', content: text, tool_calls: calls } };
}

const ofChat = (part) => part.message.content;

r.client('ollama');

await check('list names the model, show describes it', async () => {
  const { models } = await ollama.list();
  const entry = models.find((each) => each.name === model);
  assert.ok(entry, models.map((each) => each.name).join(', '));
  assert.equal(entry.model, model);
  assert.ok(!Number.isNaN(Date.parse(entry.modified_at)), `${entry.modified_at}`);
  const shown = await ollama.show({ model });
  assert.ok(typeof shown.details === 'object' && Array.isArray(shown.capabilities), JSON.stringify(shown));
});

await check('a streamed chat: its text in several parts, the reason, the counts', async () => {
  const { text, pieces, last } = await collect(await ollama.chat({ model, messages, stream: true }), ofChat);
  r.isText(text);
  assert.ok(pieces > 1, `${pieces} part`);
  assert.equal(last.model, model);
  r.isEnd(last.done_reason, 'stop', 'length');
  assert.ok(last.total_duration > 0 && Number.isSafeInteger(last.total_duration), `${last.total_duration}`);
  r.isUsage(last.prompt_eval_count, last.eval_count);
});

await check('a whole chat with options, and one that num_predict cuts', async () => {
  const answer = await ollama.chat({ model, messages, keep_alive: '5m', options: { temperature: 0.2, seed: 7, num_ctx: 2048 } });
  r.isText(answer.message.content);
  assert.equal(answer.message.role, 'assistant');
  assert.ok(answer.done, 'not done');
  r.isEnd(answer.done_reason, 'stop', 'length');
  r.isUsage(answer.prompt_eval_count, answer.eval_count);
  assert.equal((await ollama.chat({ model, messages, options: { num_predict: 2 } })).done_reason, 'length');
});

await check('generate, streamed and whole', async () => {
  const { text, pieces, last } = await collect(await ollama.generate({ model, prompt: r.question, system: 'Be brief.', stream: true }), (part) => part.response);
  r.isText(text);
  assert.ok(pieces > 1 && last.done, `${pieces} part`);
  const whole = await ollama.generate({ model, prompt: r.question });
  r.isText(whole.response);
  r.isUsage(whole.prompt_eval_count, whole.eval_count);
});

await checkWith(config.tool, 'a streamed tool call, its result, the final answer', async () => {
  const { message } = await collect(await ollama.chat({ model: config.tool.model, messages, tools, stream: true }), ofChat);
  r.areCalls(callsOf(message));
  const { text } = await collect(await ollama.chat({ model: config.tool.model, messages: [...messages, message, ...results(message)], tools, stream: true }), ofChat);
  r.isText(text, config.tool);
});

await checkWith(config.tool, 'a whole tool call, its result, the final answer', async () => {
  const { message } = await ollama.chat({ model: config.tool.model, messages, tools });
  r.areCalls(callsOf(message));
  const last = await ollama.chat({ model: config.tool.model, messages: [...messages, message, ...results(message)], tools });
  r.isText(last.message.content, config.tool);
});

await checkWith(config.embedding?.model, 'embed, several and one', async (embedder) => {
  const many = await ollama.embed({ model: embedder, input: ['the river', 'a stone'] });
  r.differ(many.embeddings);
  assert.ok(many.prompt_eval_count > 0, 'no count');
  r.areSame((await ollama.embed({ model: embedder, input: 'a stone' })).embeddings, [many.embeddings[1]]);
});

for (const whose of ['its iterator', 'the client']) {
  await r.checkLeaving(`a chat that is aborted by ${whose} in mid-stream frees its slot`, async (slow, midway) => {
    const stream = await ollama.chat({ model: slow, messages, stream: true });
    let parts = 0;
    const error = await r.thrown(async () => {
      for await (const part of stream) {
        assert.ok(!part.done, 'it was done');
        if (++parts === 3) {
          await midway();
          (whose === 'the client' ? ollama : stream).abort();
        }
      }
    });
    assert.equal(error.name, 'AbortError');
  });
}

await check('an unknown model is a ResponseError with 404 that names it', async () => {
  for (const stream of [false, true]) {
    const error = await r.thrown(() => ollama.chat({ model: config.absent, messages, stream }));
    assert.ok(error.name === 'ResponseError' && error.status_code === 404, `${error}`);
    assert.ok(error.message.includes(config.absent), error.message);
  }

  assert.equal((await r.thrown(() => ollama.show({ model: config.absent }))).status_code, 404);
});

await check('a bad field is a ResponseError with 400 that says why', async () => {
  const error = await r.thrown(() => ollama.chat({ model, messages, options: { temperature: 'warm' } }));
  assert.ok(error.name === 'ResponseError' && error.status_code === 400, `${error}`);
  assert.match(error.message, /temperature/);
});

await checkWith(config.failing?.model, 'a backend that fails before its first token is a ResponseError with 503', async (failing) => {
  for (const stream of [false, true]) {
    const error = await r.thrown(() => ollama.chat({ model: failing, messages, stream }));
    assert.ok(error.name === 'ResponseError' && error.status_code === 503, `${error}`);
  }
});

await checkWith(config.limited?.model, "a backend's rate limit is a ResponseError with 429", async (limited) => {
  assert.equal((await r.thrown(() => ollama.generate({ model: limited, prompt: 'x' }))).status_code, 429);
});

await checkWith(config.cut?.model, 'a failure in mid-stream throws, and no part is done', async (cut) => {
  const parts = [];
  await r.thrown(async () => {
    for await (const part of await ollama.chat({ model: cut, messages, stream: true })) {
      parts.push(part);
    }
  });
  assert.ok(parts.length > 0 && parts.every((part) => !part.done), JSON.stringify(parts.at(-1)));
  await r.thrown(async () => {
    for await (const part of await ollama.generate({ model: cut, prompt: 'x', stream: true })) {
      assert.ok(!part.done);
    }
  });
  assert.equal((await r.thrown(() => ollama.chat({ model: cut, messages }))).name, 'ResponseError');
});

r.end();
