// Keeps what the server has rendered up to date: an element with data-live="topic" data-live-key="key" shows one entry, and inside it
// data-value="field" is that field's text (status also as data-status, any also as what data-as names; data-none instead of a dash where there is none, data-after
// behind it), data-gauge="field" data-max="n" a bar.
import { onLive } from './live.js';

for (const topic of ['models', 'requests', 'rollouts']) {
  onLive(topic, (state, keys) => {
    const changed = new Set(keys);
    for (const element of document.querySelectorAll(`[data-live="${topic}"]`)) {
      if (changed.has(element.dataset.liveKey) && state.has(element.dataset.liveKey)) {
        show(element, state.get(element.dataset.liveKey));
      }
    }
  });
}

export function show(element, entry) {
  for (const part of element.querySelectorAll('[data-value]')) {
    const value = entry[part.dataset.value];
    setText(part, value === undefined || value === null ? part.dataset.none ?? '–' : ('status' in part.dataset ? format(value).replaceAll('_', ' ') : format(value)) + (part.dataset.after ?? ''));
    if (part.dataset.as) {
      part.dataset[part.dataset.as] = value ?? '';
    }

    if ('status' in part.dataset && part.dataset.status !== value) {
      part.dataset.status = value;
      part.title = entry.reason ?? '';
    }
  }

  for (const part of element.querySelectorAll('[data-gauge]')) {
    const share = Math.min(1, (entry[part.dataset.gauge] ?? 0) / Number(part.dataset.max || 1));
    part.style.setProperty('--share', share.toFixed(3));
    part.dataset.level = share >= 1 ? 'full' : share >= 0.8 ? 'high' : 'ok';
  }
}

export function format(value) {
  return value === undefined || value === null ? '–' : typeof value === 'number' ? String(Math.round(value * 10) / 10) : String(value);
}

function setText(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}
