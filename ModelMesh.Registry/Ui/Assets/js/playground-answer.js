// One answer as it comes: its text grows by text nodes, once a frame however many tokens came, and the figures below it with it.
import { element } from './dialogs.js';

export class Answer {
  #text = element('div', { class: 'answer-text' });
  #reasoning = element('details', { class: 'answer-reasoning', hidden: true }, element('summary', {}, 'Reasoning'), element('div', {}));
  #notes = element('div', { class: 'answer-notes' });
  #facts = element('dl', { class: 'answer-facts' });
  #figures = new Map();
  #waiting = { text: '', reasoning: '' };
  #frame = 0;
  #sentAt = performance.now();
  #firstAt = 0;
  #lastAt = 0;
  #log;

  constructor(log) {
    this.#log = log;
    this.text = '';
    this.tokens = 0;
    this.element = element('article', { class: 'answer', 'data-state': 'waiting', 'aria-busy': 'true' }, this.#reasoning, this.#text, this.#notes, this.#facts);
  }

  take({ text = '', reasoning = '', tokens, cost }) {
    this.#lastAt = performance.now();
    if (this.#firstAt === 0) {
      this.#firstAt = this.#lastAt;
      this.state('streaming');
      this.figure('First token', `${Math.round(this.#firstAt - this.#sentAt)} ms`, cost ? `of which the backend took ${cost.backend_wait_ms} ms` : '');
    }

    if (cost) {
      this.cost(cost);
    }

    this.tokens += tokens;
    this.text += text;
    this.#waiting.text += text;
    this.#waiting.reasoning += reasoning;
    this.#frame ||= requestAnimationFrame(() => this.#show());
  }

  cost({ attempts, endpoint }) {
    this.figure('Endpoint', endpoint, '');
    this.figure('Attempts', attempts, attempts > 1 ? 'how often backends were asked until one answered' : '');
  }

  served({ model, version, revision, instance, backend_type }) {
    this.figure('Served by', `${model}@${version}`, '');
    this.figure('Revision', revision, '');
    this.figure('Instance', instance, '');
    this.figure('Backend', backend_type, '');
  }

  figure(name, value, title) {
    if (value === undefined || value === null) {
      return;
    }

    let part = this.#figures.get(name);
    if (!part) {
      part = element('dd', {});
      this.#figures.set(name, part);
      this.#keepingEnd(() => this.#facts.append(element('div', { title: title || undefined }, element('dt', {}, name), part)));
    }

    if (part.textContent !== String(value)) {
      part.textContent = value;
    }
  }

  note(text, kind = 'info') {
    this.#keepingEnd(() => this.#notes.append(element('p', { class: `answer-note ${kind}` }, text)));
  }

  fault({ code, message, details = [], retry_after_ms }) {
    const wait = retry_after_ms ? ` Try again in ${Math.ceil(retry_after_ms / 1000)} s.` : '';
    this.note(`${message}${wait}`, 'bad');
    details.filter(detail => detail.field && !message.includes(detail.message)).forEach(detail => this.note(`${detail.field}: ${detail.message}`, 'bad'));
    this.figure('Error', code, '');
  }

  /** completed, stopped, failed. */
  end(state) {
    cancelAnimationFrame(this.#frame);
    this.#show();
    this.#figure();
    this.state(state);
    this.element.removeAttribute('aria-busy');
  }

  state(state) {
    this.element.dataset.state = state;
  }

  #show() {
    this.#frame = 0;
    const { text, reasoning } = this.#waiting;
    this.#waiting = { text: '', reasoning: '' };
    this.#keepingEnd(() => {
      if (text) {
        this.#text.append(text);
      }

      if (reasoning) {
        this.#reasoning.hidden = false;
        this.#reasoning.lastElementChild.append(reasoning);
      }

      this.#figure();
    });
  }

  #figure() {
    if (this.tokens > 0) {
      const seconds = (this.#lastAt - this.#firstAt) / 1000;
      this.figure('Tokens', this.tokens, '');
      this.figure('Tokens/s', this.tokens > 1 && seconds > 0.05 ? ((this.tokens - 1) / seconds).toFixed(1) : '–', '');
      this.figure('Total', `${((this.#lastAt - this.#sentAt) / 1000).toFixed(1)} s`, '');
    }
  }

  // Whoever has scrolled up reads there.
  #keepingEnd(change) {
    const atEnd = this.#log.scrollHeight - this.#log.scrollTop - this.#log.clientHeight < 48;
    change();
    if (atEnd) {
      this.#log.scrollTop = this.#log.scrollHeight;
    }
  }
}
