// One side of the playground: a model, the conversation with it, and the answer that runs.
import { element } from './dialogs.js';
import { readEvents } from './event-stream.js';
import { Answer } from './playground-answer.js';

export class Side {
  #root;
  #log;

  constructor(root) {
    this.#root = root;
    this.#log = root.querySelector('.side-log');
    this.messages = [];
  }

  /** Takes over another side's conversation: what is asked next, both are asked with the same words before it. */
  join(other) {
    this.clear();
    this.messages = [...other.messages];
    if (this.messages.length > 0) {
      this.#log.append(element('p', { class: 'quiet' }, `Goes on from the ${this.messages.length} messages of the conversation beside it.`));
    }
  }

  clear() {
    this.messages = [];
    this.#log.querySelectorAll(':scope > :not(.side-hint)').forEach(part => part.remove());
    this.#title('');
    this.#status('');
  }

  /** Sends a turn and shows its answer. Ends when the answer has, however it did; never throws. */
  async send({ prompt, choice, options, system, signal }) {
    const question = { role: 'user', content: prompt };
    const answer = new Answer(this.#log);
    this.#log.append(element('div', { class: 'question' }, prompt), answer.element);
    this.#log.scrollTop = this.#log.scrollHeight;
    this.#title(choice.text);
    this.#status('waiting');
    const state = await this.#stream(answer, { ...choice.target, messages: [...system, ...this.messages, question], ...options }, signal);
    answer.end(state);
    this.#status(state);
    if (answer.text) {
      this.messages.push(question, { role: 'assistant', content: answer.text });
    } else if (state !== 'completed') {
      answer.note('This turn is not part of the conversation.', 'quiet');
    }
  }

  async #stream(answer, body, signal) {
    try {
      const response = await fetch('/ui/playground/stream', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body), signal });
      if (!response.ok) {
        const told = await response.json().catch(() => null);
        answer.fault(told?.error ?? { code: `HTTP ${response.status}`, message: 'The registry refused the request.' });
        return 'failed';
      }

      for await (const { event, data } of readEvents(response)) {
        const end = this.#take(answer, event, data);
        if (end) {
          return end;
        }
      }

      answer.fault({ code: 'cut', message: 'The stream was cut before its end: the registry that answered has gone.' });
      return 'failed';
    } catch (error) {
      if (signal.aborted) {
        answer.note('Stopped. The upstream call was ended, too.', 'quiet');
        return 'stopped';
      }

      answer.fault({ code: 'unreachable', message: 'The registry cannot be reached, or its answer broke off.' });
      return 'failed';
    }
  }

  // The state that the answer ends in, once it does.
  #take(answer, event, data) {
    switch (event) {
      case 'routed':
        this.#routed(answer, data);
        break;
      case 'moved':
        answer.note(`${data.because.message} Next: ${data.model}@${data.version}.`, 'warn');
        break;
      case 'queued':
        this.#status('queued');
        answer.figure('Queue', `place ${data.position}`, '');
        break;
      case 'accepted':
        this.#status('waiting');
        answer.revision = data.revision;
        answer.served(data);
        break;
      case 'tokens':
        this.#status('streaming');
        answer.take(data);
        break;
      case 'completed':
        this.#completed(answer, data);
        return 'completed';
      case 'error':
        answer.fault(data.error);
        return 'failed';
    }

    return null;
  }

  #routed(answer, { by, rule, model, version, adapter, next, request_id }) {
    const ways = { rule: `the rule ${rule}`, capabilities: 'what the request needs', default: 'the routing default' };
    answer.figure('Routed by', ways[by] ?? `the model's name`, next.length > 0 ? `after it: ${next.join(', ')}` : '');
    answer.figure('Adapter', adapter, '');
    answer.figure('Request', request_id, 'as in logs and in the list of requests in flight');
    this.#title(`${model}@${version}`);
  }

  #completed(answer, data) {
    if (data.cost) {
      answer.cost(data.cost);
    }

    const estimated = data.usage_is_estimated ? ' (estimated)' : '';
    const cached = data.cached_input_tokens ? `, ${data.cached_input_tokens} of them cached` : '';
    answer.figure('Finish', data.finish_reason, '');
    answer.figure('Usage', `${data.input_tokens} in${cached}, ${data.output_tokens} out${estimated}`, '');
    if (data.skipped_chunks > 0) {
      answer.note(`${data.skipped_chunks} chunks of the backend could not be read.`, 'warn');
    }

    if (data.current_revision === undefined) {
      answer.note(`Revision ${answer.revision} finished this answer. The version is registered no more.`, 'info');
    } else if (data.current_revision !== answer.revision) {
      answer.note(`Updated in mid-stream: revision ${answer.revision} finished this answer, revision ${data.current_revision} takes new requests.`, 'info');
    }
  }

  #title(text) {
    this.#root.querySelector('.side-title').textContent = text || 'Answers';
  }

  #status(state) {
    const badge = this.#root.querySelector('.side-state');
    if (badge.dataset.status !== state) {
      badge.dataset.status = state;
      badge.textContent = state;
    }
  }
}
