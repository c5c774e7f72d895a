// The official @anthropic-ai/sdk package.
import assert from 'node:assert/strict';
import Anthropic from '@anthropic-ai/sdk';
import * as r from './report.mjs';

const { config, check, checkWith } = r;
const anthropic = new Anthropic({ apiKey: 'none', baseURL: config.gateway, maxRetries: 0 });
const model = config.chat.model;
const messages = [{ role: 'user', content: r.question }];
const max_tokens = 1000;
const tools = r.tools.map(({ name, description, parameters }) => ({ name, description, input_schema: parameters }));
const callsOf = (message) => message.content.filter((block) => block.type === 'tool_use');
const parsed = (message) => callsOf(message).map((call) => [call.name, call.input]);
const textOf = (message) => message.content.filter((block) => block.type === 'text').map((block) => block.text).join('');
const answered = (message) => [
  ...messages,
  { role: 'assistant', content: message.content },
  { role: 'user', content: callsOf(message).map((call) => ({ type: 'tool_result', tool_use_id: call.id, content: 'sunny' })) },
];

r.client('@anthropic-ai/sdk');

await check('models.list names the model', async () => {
  const ids = [];
  for await (const entry of anthropic.models.list()) {
    ids.push(entry.id);
  }

  assert.ok(ids.includes(model), ids.join(', '));
});

await check('a streamed message: events in their order, the text in several deltas, stop reason, usage', async () => {
  const seen = [];
  let text = '';
  let end;
  let output;
  let input;
  for await (const event of await anthropic.messages.create({ model, max_tokens, messages, stream: true })) {
    seen.push(event.type);
    text += event.type === 'content_block_delta' ? event.delta.text : '';
    end = event.delta?.stop_reason ?? end;
    input = event.message?.usage.input_tokens || event.usage?.input_tokens || input;
    output = event.usage?.output_tokens ?? output;
  }

  const kinds = seen.filter((type, i) => type !== 'ping' && type !== seen[i - 1]);
  assert.deepEqual(kinds, ['message_start', 'content_block_start', 'content_block_delta', 'content_block_stop', 'message_delta', 'message_stop']);
  assert.ok(seen.filter((type) => type === 'content_block_delta').length > 1, 'one delta');
  r.isText(text);
  r.isEnd(end, 'end_turn', 'max_tokens');
  r.isUsage(input, output);
});

await check('messages.stream: the final message is the whole one', async () => {
  const message = await anthropic.messages.stream({ model, max_tokens, messages }).finalMessage();
  r.isText(textOf(message));
  r.isEnd(message.stop_reason, 'end_turn', 'max_tokens');
});

await check('a whole message: text, stop reason, usage', async () => {
  const message = await anthropic.messages.create({ model, max_tokens, system: [{ type: 'text', text: 'Be brief.' }], messages, temperature: 0.2, metadata: { user_id: 'somebody' } });
  r.isText(textOf(message));
  assert.deepEqual([message.type, message.role], ['message', 'assistant']);
  r.isEnd(message.stop_reason, 'end_turn', 'max_tokens');
  r.isUsage(message.usage.input_tokens, message.usage.output_tokens);
  assert.equal((await anthropic.messages.create({ model, max_tokens: 2, messages })).stop_reason, 'max_tokens');
});

await checkWith(config.tool, 'a streamed tool use, its result, the final answer', async () => {
  const first = await anthropic.messages.stream({ model: config.tool.model, max_tokens, messages, tools }).finalMessage();
  assert.equal(first.stop_reason, 'tool_use');
  r.areCalls(parsed(first));
  r.isText(await anthropic.messages.stream({ model: config.tool.model, max_tokens, messages: answered(first), tools }).finalText(), config.tool);
});

await checkWith(config.tool, 'a whole tool use, its result, the final answer', async () => {
  const first = await anthropic.messages.create({ model: config.tool.model, max_tokens, messages, tools, tool_choice: { type: 'auto' } });
  assert.equal(first.stop_reason, 'tool_use');
  r.areCalls(parsed(first));
  r.isText(textOf(await anthropic.messages.create({ model: config.tool.model, max_tokens, messages: answered(first), tools })), config.tool);
});

await r.checkLeaving('a message that is aborted in mid-stream frees its slot', async (slow, midway) => {
  const stream = anthropic.messages.stream({ model: slow, max_tokens: 100_000, messages });
  let deltas = 0;
  await assert.rejects(async () => {
    for await (const event of stream) {
      assert.notEqual(event.type, 'message_stop');
      if (event.type === 'content_block_delta' && ++deltas === 3) {
        await midway();
        stream.abort();
      }
    }
  }, Anthropic.APIUserAbortError);
});

await check('an unknown model is a NotFoundError that names it', async () => {
  for (const stream of [false, true]) {
    const error = await r.thrown(() => anthropic.messages.create({ model: config.absent, max_tokens, messages, stream }));
    assert.ok(error instanceof Anthropic.NotFoundError, `${error}`);
    assert.ok(error.message.includes(config.absent) && error.type === 'not_found_error', error.message);
  }
});

await check('a bad field is a BadRequestError that says why', async () => {
  const error = await r.thrown(() => anthropic.messages.create({ model, max_tokens, messages, temperature: 'warm' }));
  assert.ok(error instanceof Anthropic.BadRequestError && error.type === 'invalid_request_error', `${error}`);
  assert.match(error.message, /temperature/);
});

await checkWith(config.failing?.model, 'a backend that fails before its first token is an InternalServerError', async (failing) => {
  for (const stream of [false, true]) {
    const error = await r.thrown(() => anthropic.messages.create({ model: failing, max_tokens, messages, stream }));
    assert.ok(error instanceof Anthropic.InternalServerError, `${error}`);
  }
});

await checkWith(config.limited?.model, "a backend's rate limit is a RateLimitError", async (limited) => {
  const error = await r.thrown(() => anthropic.messages.create({ model: limited, max_tokens, messages, stream: true }));
  assert.ok(error instanceof Anthropic.RateLimitError && error.type === 'rate_limit_error', `${error}`);
});

await checkWith(config.cut?.model, 'a failure in mid-stream throws, and no whole message comes', async (cut) => {
  const seen = [];
  const error = await r.thrown(async () => {
    for await (const event of await anthropic.messages.create({ model: cut, max_tokens, messages, stream: true })) {
      seen.push(event.type);
    }
  });
  assert.ok(error instanceof Anthropic.APIError, `${error}`);
  assert.ok(seen.includes('content_block_delta') && !seen.includes('message_stop'), seen.join(' '));
  await r.thrown(() => anthropic.messages.stream({ model: cut, max_tokens, messages }).finalMessage());
  assert.ok(await r.thrown(() => anthropic.messages.create({ model: cut, max_tokens, messages })) instanceof Anthropic.APIError);
});

r.end();
