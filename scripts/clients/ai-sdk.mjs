// Vercel's AI SDK through its provider for whatever speaks OpenAI's chat completions.
import assert from 'node:assert/strict';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { APICallError, embed, embedMany, generateText, jsonSchema, stepCountIs, streamText, tool } from 'ai';
import * as r from './report.mjs';

const { config, check, checkWith } = r;
const provider = createOpenAICompatible({ name: 'mesh', baseURL: `${config.gateway}/v1`, apiKey: 'none', includeUsage: true });
const model = provider(config.chat.model);
const quiet = { maxRetries: 0, onError: () => {} };
const prompt = r.question;

const toolsSeenBy = (seen) => Object.fromEntries(r.tools.map(({ name, description, parameters }) => [name, tool({
  description,
  inputSchema: jsonSchema(parameters),
  execute: (input) => { seen.push([name, input]); return { weather: 'sunny' }; },
})]));

r.client('ai', '@ai-sdk/openai-compatible');

await check('streamText: the text in several chunks, the finish reason, the usage', async () => {
  const result = streamText({ model, prompt, ...quiet });
  let text = '';
  let pieces = 0;
  for await (const piece of result.textStream) {
    text += piece;
    pieces++;
  }

  r.isText(text);
  assert.ok(pieces > 1, `${pieces} chunk`);
  r.isEnd(await result.finishReason, 'stop', 'length');
  const usage = await result.usage;
  r.isUsage(usage.inputTokens, usage.outputTokens);
});

await check('generateText: text, finish reason, usage', async () => {
  const result = await generateText({ model, system: 'Be brief.', prompt, maxRetries: 0 });
  r.isText(result.text);
  r.isEnd(result.finishReason, 'stop', 'length');
  r.isUsage(result.usage.inputTokens, result.usage.outputTokens);
});

await checkWith(config.tool, 'streamText with tools: calls them and goes on to the answer', async () => {
  const seen = [];
  const result = streamText({ model: provider(config.tool.model), prompt, tools: toolsSeenBy(seen), stopWhen: stepCountIs(3), ...quiet });
  r.isText(await result.text, config.tool);
  r.areCalls(seen);
  assert.deepEqual((await result.steps).map((step) => step.finishReason), ['tool-calls', 'stop']);
});

await checkWith(config.tool, 'generateText with tools: calls them and goes on to the answer', async () => {
  const seen = [];
  const result = await generateText({ model: provider(config.tool.model), prompt, tools: toolsSeenBy(seen), stopWhen: stepCountIs(3), maxRetries: 0 });
  r.isText(result.text, config.tool);
  r.areCalls(seen);
  assert.equal(result.steps.length, 2);
});

await checkWith(config.embedding?.model, 'embedMany and embed give the same vectors', async (embedder) => {
  const values = ['the river', 'a stone'];
  const many = await embedMany({ model: provider.embeddingModel(embedder), values, maxRetries: 0 });
  r.differ(many.embeddings);
  const one = await embed({ model: provider.embeddingModel(embedder), value: values[1], maxRetries: 0 });
  r.areSame([one.embedding], [many.embeddings[1]]);
  assert.ok(many.usage.tokens > 0, 'no usage');
});

await r.checkLeaving('a streamText that is aborted in mid-stream frees its slot', async (slow, midway) => {
  const abort = new AbortController();
  const parts = [];
  let pieces = 0;
  const result = streamText({ model: provider(slow), prompt, abortSignal: abort.signal, ...quiet });
  for await (const part of result.fullStream) {
    parts.push(part.type);
    if (part.type === 'text-delta' && ++pieces === 3) {
      await midway();
      abort.abort();
    }
  }

  assert.equal(parts.at(-1), 'abort');
});

await check('an unknown model is an APICallError with 404 that names it', async () => {
  const error = await r.thrown(() => generateText({ model: provider(config.absent), prompt, maxRetries: 0 }));
  assert.ok(APICallError.isInstance(error) && error.statusCode === 404 && !error.isRetryable, `${error}`);
  assert.ok(error.message.includes(config.absent), error.message);
});

await check('a bad field is an APICallError with 400 that says why', async () => {
  const error = await r.thrown(() => generateText({ model, prompt, temperature: 9, maxRetries: 0 }));
  assert.ok(APICallError.isInstance(error) && error.statusCode === 400, `${error}`);
  assert.match(error.message, /temperature/);
});

await checkWith(config.failing?.model, 'a backend that fails before its first token is a retryable APICallError with 503', async (failing) => {
  const error = await r.thrown(() => generateText({ model: provider(failing), prompt, maxRetries: 0 }));
  assert.ok(APICallError.isInstance(error) && error.statusCode === 503 && error.isRetryable, `${error}`);
});

await checkWith(config.limited?.model, "a backend's rate limit is a retryable APICallError with 429", async (limited) => {
  const error = await r.thrown(() => generateText({ model: provider(limited), prompt, maxRetries: 0 }));
  assert.ok(APICallError.isInstance(error) && error.statusCode === 429 && error.isRetryable, `${error}`);
});

await checkWith(config.cut?.model, 'a failure in mid-stream is an error part, and the finish reason is error', async (cut) => {
  const parts = [];
  for await (const part of streamText({ model: provider(cut), prompt, ...quiet }).fullStream) {
    parts.push(part);
  }

  assert.ok(parts.some((part) => part.type === 'text-delta'), 'no text came');
  assert.ok(parts.some((part) => part.type === 'error'), parts.map((part) => part.type).join(' '));
  assert.equal(parts.find((part) => part.type === 'finish')?.finishReason ?? 'error', 'error');
  await r.thrown(() => generateText({ model: provider(cut), prompt, maxRetries: 0 }));
});

r.end();
