// The playground: one prompt to one model, or to two side by side, each with its own conversation. What runs is ended when the page is left.
import { behaviour } from './behaviours.js';
import { showCurl } from './playground-curl.js';
import { Side } from './playground-side.js';

behaviour('playground', (form, left) => {
  const layout = form.querySelector('[data-sides]');
  const sides = [...form.querySelectorAll('[data-side]')].map(root => new Side(root));
  const prompt = form.querySelector('#playground-prompt');
  const [send, stop] = [form.querySelector('#playground-send'), form.querySelector('#playground-stop')];
  const compare = form.querySelector('#playground-compare');
  let running = null;

  form.addEventListener('submit', event => {
    event.preventDefault();
    sendAll();
  }, { signal: left });
  form.addEventListener('keydown', event => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      sendAll();
    } else if (event.key === 'Escape' && running) {
      running.abort();
    }
  }, { signal: left });
  // A field that is wrong is shown, wherever it is folded away.
  form.addEventListener('invalid', event => event.target.closest('details')?.setAttribute('open', ''), { signal: left, capture: true });
  stop.addEventListener('click', () => running?.abort(), { signal: left });
  compare.addEventListener('click', () => {
    const both = layout.dataset.sides !== '2';
    layout.dataset.sides = both ? '2' : '1';
    compare.setAttribute('aria-pressed', String(both));
    if (both) {
      sides[1].join(sides[0]);
      form.querySelector('#playground-model-1').focus();
    }
  }, { signal: left });
  form.querySelector('#playground-clear').addEventListener('click', () => {
    running?.abort();
    sides.forEach(side => side.clear());
    prompt.focus();
  }, { signal: left });
  form.querySelector('#playground-curl').addEventListener('click', () => showCurl(shown().map(bodyOf)), { signal: left });
  left.addEventListener('abort', () => running?.abort());

  function shown() {
    return sides.slice(0, Number(layout.dataset.sides));
  }

  // Both sides get the same turn, and the next one when both have answered this one.
  async function sendAll() {
    const text = prompt.value;
    if (running || !text.trim() || !form.reportValidity()) {
      prompt.focus();
      return;
    }

    running = new AbortController();
    compare.disabled = send.disabled = true;
    stop.disabled = false;
    prompt.value = '';
    const { signal } = running;
    await Promise.all(shown().map((side, index) => side.send({ prompt: text, choice: choiceOf(index), options: options(), system: system(), signal })));
    running = null;
    compare.disabled = send.disabled = false;
    stop.disabled = true;
    if (!left.aborted && (document.activeElement === document.body || document.activeElement === stop)) {
      prompt.focus();
    }
  }

  function choiceOf(index) {
    const text = form.elements[`model${index}`].value.trim();
    const known = [...document.getElementById('playground-models').options].find(option => option.value === text);
    const target = !text ? {} : { model: known?.dataset.model ?? text, version: known?.dataset.version || undefined };
    return { text: text || 'any model', target, isReference: !known && /[@:]/.test(text) };
  }

  function options() {
    const number = name => form.elements[name].value === '' ? undefined : Number(form.elements[name].value);
    return { temperature: number('temperature'), max_tokens: number('max_tokens'), seed: number('seed') };
  }

  function system() {
    const text = form.elements.system.value;
    return text.trim() ? [{ role: 'system', content: text }] : [];
  }

  // What is in the field, or else what was said last.
  function bodyOf(side, index) {
    const { target, isReference } = choiceOf(index);
    const asked = prompt.value.trim() ? [...side.messages, { role: 'user', content: prompt.value }] : side.messages.slice(0, -1);
    const messages = [...system(), ...(asked.length > 0 ? asked : [{ role: 'user', content: 'Hello' }])];
    return isReference ? { reference: target.model, messages, ...options() } : { ...target, messages, ...options() };
  }
});
