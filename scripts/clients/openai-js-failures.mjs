// How the official openai package's calls fail, but for those of its Responses API.
import assert from 'node:assert/strict';
import * as r from './report.mjs';

const { config, check, checkWith } = r;

export async function checkFailures(openai, OpenAI) {
  const model = config.chat.model;
  const messages = [{ role: 'user', content: r.question }];

  await check('an unknown model is a NotFoundError that names it', async () => {
    const error = await r.thrown(() => openai.chat.completions.create({ model: config.absent, messages }));
    assert.ok(error instanceof OpenAI.NotFoundError, `${error}`);
    assert.ok(error.message.includes(config.absent), error.message);
    assert.ok(await r.thrown(() => openai.chat.completions.create({ model: config.absent, messages, stream: true })) instanceof OpenAI.NotFoundError);
    assert.ok(await r.thrown(() => openai.models.retrieve(config.absent)) instanceof OpenAI.NotFoundError);
    assert.ok(await r.thrown(() => openai.embeddings.create({ model: config.absent, input: 'x' })) instanceof OpenAI.NotFoundError);
  });

  await check('a bad field is a BadRequestError that says why', async () => {
    const error = await r.thrown(() => openai.chat.completions.create({ model, messages, temperature: 'warm' }));
    assert.ok(error instanceof OpenAI.BadRequestError, `${error}`);
    assert.match(error.message, /temperature/);
  });

  await checkWith(config.failing?.model, 'a backend that fails before its first token is an InternalServerError', async (failing) => {
    for (const stream of [false, true]) {
      const error = await r.thrown(() => openai.chat.completions.create({ model: failing, messages, stream }));
      assert.ok(error instanceof OpenAI.InternalServerError && error.status === 503, `${error}`);
    }
  });

  await checkWith(config.limited?.model, "a backend's rate limit is a RateLimitError", async (limited) => {
    const error = await r.thrown(() => openai.chat.completions.create({ model: limited, messages, stream: true }));
    assert.ok(error instanceof OpenAI.RateLimitError, `${error}`);
  });

  await checkWith(config.cut?.model, 'a failure in mid-stream throws, and no whole answer comes', async (cut) => {
    const finishes = [];
    let text = '';
    const error = await r.thrown(async () => {
      for await (const chunk of await openai.chat.completions.create({ model: cut, messages, stream: true })) {
        text += chunk.choices[0]?.delta.content ?? '';
        finishes.push(chunk.choices[0]?.finish_reason ?? null);
      }
    });
    assert.ok(error instanceof OpenAI.APIError, `${error}`);
    assert.ok(text.length > 0 && finishes.every((finish) => finish === null), `${text} ${finishes}`);
    await r.thrown(() => openai.chat.completions.stream({ model: cut, messages }).finalChatCompletion());
    assert.ok(await r.thrown(() => openai.chat.completions.create({ model: cut, messages })) instanceof OpenAI.APIError);
    await r.thrown(async () => {
      for await (const chunk of await openai.completions.create({ model: cut, prompt: 'x', stream: true })) {
        assert.notEqual(chunk.choices[0]?.finish_reason, 'stop');
      }
    });
  });
}
