// The official openai package's Responses API.
import assert from 'node:assert/strict';
import * as r from './report.mjs';

const { config, check, checkWith } = r;

export async function checkResponses(openai, OpenAI) {
  const model = config.chat.model;
  const tools = r.tools.map((tool) => ({ type: 'function', ...tool, strict: false }));
  const callsOf = (output) => output.filter((item) => item.type === 'function_call');
  const parsed = (output) => callsOf(output).map((call) => [call.name, JSON.parse(call.arguments)]);
  const results = (output) => callsOf(output).map((call) => ({ type: 'function_call_output', call_id: call.call_id, output: 'sunny' }));
  const input = [{ role: 'user', content: r.question }];

  await check('a whole response: output_text, status, usage', async () => {
    const response = await openai.responses.create({ model, input: r.question, instructions: 'Be brief.', store: false });
    r.isText(response.output_text);
    assert.equal(response.status, 'completed');
    r.isUsage(response.usage.input_tokens, response.usage.output_tokens);
  });

  await check('a streamed response: deltas, each event in its order, the whole at the end', async () => {
    const seen = [];
    let text = '';
    let last;
    for await (const event of await openai.responses.create({ model, input, stream: true })) {
      assert.equal(event.sequence_number, seen.length);
      seen.push(event.type);
      text += event.type === 'response.output_text.delta' ? event.delta : '';
      last = event;
    }

    const kinds = seen.filter((type, i) => type !== seen[i - 1]);
    assert.deepEqual(kinds, [
      'response.created', 'response.in_progress', 'response.output_item.added', 'response.content_part.added', 'response.output_text.delta',
      'response.output_text.done', 'response.content_part.done', 'response.output_item.done', 'response.completed',
    ]);
    assert.ok(seen.filter((type) => type === 'response.output_text.delta').length > 1, 'one delta');
    r.isText(text);
    assert.equal(last.response.output[0].content[0].text, text);
    r.isUsage(last.response.usage.input_tokens, last.response.usage.output_tokens);
  });

  await check("the stream helper's final response is the same", async () => {
    const response = await openai.responses.stream({ model, input }).finalResponse();
    r.isText(response.output_text);
    assert.equal(response.status, 'completed');
  });

  await checkWith(config.tool, 'a streamed function call, its output, the final answer', async () => {
    const first = await openai.responses.stream({ model: config.tool.model, input, tools }).finalResponse();
    r.areCalls(parsed(first.output));
    const last = await openai.responses.stream({ model: config.tool.model, input: [...input, ...first.output, ...results(first.output)], tools }).finalResponse();
    r.isText(last.output_text, config.tool);
  });

  await checkWith(config.tool, 'a whole function call, its output, the final answer', async () => {
    const first = await openai.responses.create({ model: config.tool.model, input, tools });
    r.areCalls(parsed(first.output));
    const last = await openai.responses.create({ model: config.tool.model, input: [...input, ...first.output, ...results(first.output)], tools });
    r.isText(last.output_text, config.tool);
  });

  await r.checkLeaving('a response that is aborted in mid-stream frees its slot', async (slow, midway) => {
    const stream = await openai.responses.create({ model: slow, input, stream: true });
    let deltas = 0;
    for await (const event of stream) {
      assert.notEqual(event.type, 'response.completed');
      if (event.type === 'response.output_text.delta' && ++deltas === 3) {
        await midway();
        stream.controller.abort();
      }
    }
  });

  await check('an unknown model and a bad field of a response are its own errors', async () => {
    assert.ok(await r.thrown(() => openai.responses.create({ model: config.absent, input })) instanceof OpenAI.NotFoundError);
    const error = await r.thrown(() => openai.responses.create({ model, input, temperature: 'warm' }));
    assert.ok(error instanceof OpenAI.BadRequestError, `${error}`);
    assert.match(error.message, /temperature/);
  });

  await checkWith(config.failing?.model, 'a backend that fails before its first token is an InternalServerError of a response', async (failing) => {
    const error = await r.thrown(() => openai.responses.create({ model: failing, input, stream: true }));
    assert.ok(error instanceof OpenAI.InternalServerError && error.status === 503, `${error}`);
  });

  await checkWith(config.cut?.model, 'a response that fails in mid-stream never completes', async (cut) => {
    const seen = [];
    try {
      for await (const event of await openai.responses.create({ model: cut, input, stream: true })) {
        seen.push(event.type);
      }
    } catch (error) {
      seen.push('thrown');
    }

    assert.ok(seen.includes('response.output_text.delta') && !seen.includes('response.completed'), seen.join(' '));
    assert.ok(['response.failed', 'error', 'thrown'].includes(seen.at(-1)), seen.at(-1));
    let status;
    try {
      status = (await openai.responses.stream({ model: cut, input }).finalResponse()).status;
    } catch {
      status = 'thrown';
    }

    assert.ok(['failed', 'thrown'].includes(status), status);
  });
}
