// The official openai package: chat, completions, embeddings, models. How they fail and its Responses API are files of their own.
import assert from 'node:assert/strict';
import OpenAI from 'openai';
import * as r from './report.mjs';
import { checkFailures } from './openai-js-failures.mjs';
import { checkResponses } from './openai-js-responses.mjs';

const { config, check, checkWith } = r;
const openai = new OpenAI({ apiKey: 'none', baseURL: `${config.gateway}/v1`, maxRetries: 0 });
const model = config.chat.model;
const messages = [{ role: 'user', content: r.question }];
const tools = r.tools.map((tool) => ({ type: 'function', function: tool }));
const callsOf = (message) => message.tool_calls.map((call) => [call.function.name, JSON.parse(call.function.arguments)]);
const results = (message) => message.tool_calls.map((call) => ({ role: 'tool', tool_call_id: call.id, content: 'sunny' }));

r.client('openai');

await check('models.list names the model, models.retrieve finds it', async () => {
  const ids = [];
  for await (const entry of openai.models.list()) {
    ids.push(entry.id);
  }

  assert.ok(ids.includes(model), ids.join(', '));
  assert.equal((await openai.models.retrieve(model)).id, model);
});

await check('a streamed chat: its text in several chunks, the finish reason, the usage', async () => {
  const stream = await openai.chat.completions.create({ model, messages, stream: true, stream_options: { include_usage: true } });
  let text = '';
  let pieces = 0;
  let finish;
  let usage;
  for await (const chunk of stream) {
    assert.equal(chunk.object, 'chat.completion.chunk');
    text += chunk.choices[0]?.delta.content ?? '';
    pieces += chunk.choices[0]?.delta.content ? 1 : 0;
    finish = chunk.choices[0]?.finish_reason ?? finish;
    usage = chunk.usage ?? usage;
  }

  r.isText(text);
  assert.ok(pieces > 1, `${pieces} chunk`);
  r.isEnd(finish, 'stop', 'length');
  r.isUsage(usage.prompt_tokens, usage.completion_tokens);
});

await check('a whole chat: text, finish reason, usage', async () => {
  const answer = await openai.chat.completions.create({ model, messages });
  r.isText(answer.choices[0].message.content);
  assert.equal(answer.choices[0].message.role, 'assistant');
  r.isEnd(answer.choices[0].finish_reason, 'stop', 'length');
  r.isUsage(answer.usage.prompt_tokens, answer.usage.completion_tokens);
});

await check('a chat of several roles and parts with sampling fields, cut at max_tokens, ends with length', async () => {
  const answer = await openai.chat.completions.create({
    model,
    messages: [
      { role: 'developer', content: 'Be brief.' },
      { role: 'user', content: [{ type: 'text', text: 'Hello.' }, { type: 'text', text: r.question }] },
      { role: 'assistant', content: 'In which city?' },
      { role: 'user', content: 'Paris' },
    ],
    temperature: 0.2, top_p: 0.9, seed: 7, max_completion_tokens: 2, user: 'somebody', store: false, metadata: { team: 'search' },
  });
  assert.equal(answer.choices[0].finish_reason, 'length');
});

await checkWith(config.tool, 'a streamed tool call, its result, the final answer', async () => {
  const first = await openai.chat.completions.stream({ model: config.tool.model, messages, tools }).finalChatCompletion();
  const message = first.choices[0].message;
  assert.equal(first.choices[0].finish_reason, 'tool_calls');
  r.areCalls(callsOf(message));
  const last = await openai.chat.completions.stream({ model: config.tool.model, messages: [...messages, message, ...results(message)], tools }).finalContent();
  r.isText(last, config.tool);
});

await checkWith(config.tool, 'a whole tool call, its result, the final answer', async () => {
  const first = await openai.chat.completions.create({ model: config.tool.model, messages, tools, tool_choice: 'auto', parallel_tool_calls: true });
  const message = first.choices[0].message;
  assert.equal(first.choices[0].finish_reason, 'tool_calls');
  r.areCalls(callsOf(message));
  const last = await openai.chat.completions.create({ model: config.tool.model, messages: [...messages, message, ...results(message)], tools });
  r.isText(last.choices[0].message.content, config.tool);
});

await checkWith(config.tool, 'runTools calls the functions and goes on to the answer', async () => {
  const seen = [];
  const runner = openai.chat.completions.runTools({
    model: config.tool.model,
    messages,
    stream: true,
    tools: r.tools.map((tool) => ({
      type: 'function',
      function: { ...tool, parse: JSON.parse, function: (args) => { seen.push([tool.name, args]); return 'sunny'; } },
    })),
  });
  r.isText(await runner.finalContent(), config.tool);
  r.areCalls(seen);
});

await check('completions, streamed and whole', async () => {
  let text = '';
  for await (const chunk of await openai.completions.create({ model, prompt: r.question, stream: true })) {
    text += chunk.choices[0]?.text ?? '';
  }

  r.isText(text);
  const whole = await openai.completions.create({ model, prompt: r.question });
  r.isText(whole.choices[0].text);
  r.isEnd(whole.choices[0].finish_reason, 'stop', 'length');
});

await checkWith(config.embedding?.model, 'embeddings: base64, which it asks for by itself, gives the same vectors as float', async (embedder) => {
  const input = ['the river', 'a stone'];
  const base64 = await openai.embeddings.create({ model: embedder, input });
  const float = await openai.embeddings.create({ model: embedder, input, encoding_format: 'float' });
  const vectors = base64.data.map((entry) => entry.embedding);
  r.areSame(vectors, float.data.map((entry) => entry.embedding));
  r.differ(vectors);
  assert.deepEqual(base64.data.map((entry) => entry.index), [0, 1]);
  assert.ok(base64.usage.prompt_tokens > 0, 'no usage');
  const one = await openai.embeddings.create({ model: embedder, input: 'a stone' });
  r.areSame([one.data[0].embedding], [vectors[1]]);
});

await r.checkLeaving('a chat that is aborted in mid-stream frees its slot', async (slow, midway) => {
  const stream = await openai.chat.completions.create({ model: slow, messages, stream: true });
  let chunks = 0;
  for await (const chunk of stream) {
    assert.equal(chunk.choices[0]?.finish_reason ?? null, null);
    if (++chunks === 3) {
      await midway();
      stream.controller.abort();
    }
  }
});

await checkFailures(openai, OpenAI);
await checkResponses(openai, OpenAI);
r.end();
