// The page's one event stream. A topic is a map from key to value, which begins whole and then changes; who shows it is told what changed.
// Pages say in data-topics what they show, and in data-refresh which stamps of the mesh outdate them.
import { refresh } from './navigation.js';

const topics = new Map();
const listeners = new Map();
let source = null;
let asked = '';
let refreshTimer = 0;

/** Tells of a topic: changed(state, keys) at once when something is known, and after each change. */
export function onLive(topic, changed, signal) {
  const all = listeners.get(topic) ?? new Set();
  listeners.set(topic, all.add(changed));
  signal?.addEventListener('abort', () => all.delete(changed));
  const state = topics.get(topic);
  if (state) {
    changed(state, [...state.keys()]);
  }
}

export function startLive() {
  onLive('mesh', state => {
    const away = state.get('store') === false;
    showBanner(away ? 'The store is away: figures are as they were. Running streams go on; changes and new requests are refused until it is back.' : '');
    document.documentElement.toggleAttribute('data-store-away', away);
    refreshIfOutdated();
  });
  open();
  document.addEventListener('visibilitychange', () => document.hidden ? close() : open());
}

/** Another page is shown, or the same one anew. */
export function pageChanged() {
  if (topicsOfPage() !== asked && !document.hidden) {
    open();
  } else {
    for (const [topic, all] of listeners) {
      const state = topics.get(topic);
      if (state) {
        all.forEach(changed => changed(state, [...state.keys()]));
      }
    }
  }
}

function topicsOfPage() {
  return ['mesh', ...(document.querySelector('[data-page]')?.dataset.topics ?? '').split(' ').filter(topic => topic)].join(',');
}

function open() {
  source?.close();
  asked = topicsOfPage();
  topics.clear();
  source = new EventSource(`/ui/live?topics=${encodeURIComponent(asked)}`);
  showState('connecting');
  source.onopen = () => showState('live');
  source.onerror = () => {
    showState('reconnecting');

    // The browser comes back by itself, unless it was refused.
    if (source.readyState === EventSource.CLOSED) {
      setTimeout(() => document.hidden || open(), 2000);
    }
  };
  for (const topic of asked.split(',')) {
    // A part of a topic, as requests:state=queued, is known by the topic's name.
    source.addEventListener(topic, event => take(topic.split(':')[0], JSON.parse(event.data)));
  }
}

// A hidden page costs the mesh nothing.
function close() {
  source?.close();
  showState('paused');
}

function take(topic, { full, set, gone = [] }) {
  const state = full ? new Map() : topics.get(topic) ?? new Map();
  topics.set(topic, state);
  for (const [key, value] of Object.entries(set)) {
    state.set(key, value);
  }

  gone.forEach(key => state.delete(key));
  listeners.get(topic)?.forEach(changed => changed(state, [...Object.keys(set), ...gone]));
}

function refreshIfOutdated() {
  const wanted = (document.querySelector('[data-page]')?.dataset.refresh ?? '').split(' ').concat('store').filter(name => name);
  const shown = JSON.parse(document.getElementById('main').dataset.stamps ?? '{}');
  const mesh = topics.get('mesh');
  if (mesh && wanted.some(name => mesh.has(name) && mesh.get(name) !== shown[name])) {
    clearTimeout(refreshTimer);
    refreshTimer = setTimeout(async () => {
      await refresh();

      // Another replica than the one that tells may have answered, a moment behind it.
      refreshTimer = setTimeout(refreshIfOutdated, 1000);
    }, 100);
  }
}

function showState(state) {
  const badge = document.getElementById('live');
  badge.dataset.state = state;
  badge.querySelector('.text').textContent = state;
}

function showBanner(text) {
  const banner = document.getElementById('banner');
  banner.hidden = !text;
  banner.textContent = text;
}
