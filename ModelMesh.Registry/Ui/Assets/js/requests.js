// The table of requests in flight. The server renders its first rows, and one as a template; from then on rows come and go with the topic, which tells
// what stays of each request once, and each second only what has changed.
import { ageText } from './ages.js';
import { behaviour } from './behaviours.js';
import { onLive } from './live.js';
import { cancelAll, cancelOne } from './requests-cancel.js';
import { orderOf, startSorting } from './requests-sort.js';

behaviour('requests', (root, signal) => {
  const body = root.querySelector('tbody');
  const rows = new Map([...body.children].map(row => [row.dataset.key, row]));
  let state = new Map();
  let clock = { server: 0, here: 0 };

  const sort = startSorting(root, () => arrange(), signal);
  onLive('requests', (now, keys) => {
    state = now;
    const totals = state.get('totals');
    if (!totals) {
      return;
    }

    clock = { server: totals.now_ms, here: performance.now() };
    showTotals(root, totals);
    for (const key of keys.length < state.size ? keys : state.keys()) {
      takeRow(key);
    }

    for (const [key, row] of rows) {
      if (!state.has(key)) {
        row.remove();
        rows.delete(key);
      }
    }

    showAges();
    arrange();
  }, signal);

  root.addEventListener('click', event => {
    const button = event.target.closest('[data-cancel], #cancel-all');
    const key = button?.closest('tr')?.dataset.key;
    if (key && state.has(key)) {
      cancelOne(button, state.get(key), state.get(`${key}#`));
    } else if (button?.id === 'cancel-all') {
      cancelAll(button, root.dataset.query, state.get('totals')?.requests ?? rows.size);
    }
  }, { signal });

  const timer = setInterval(() => document.hidden || showAges(), 1000);
  signal.addEventListener('abort', () => clearInterval(timer));

  function takeRow(key) {
    const progress = key.endsWith('#');
    const facts = state.get(progress ? key.slice(0, -1) : key);
    if (key === 'totals' || !facts || !state.has(key)) {
      return;
    }

    let row = rows.get(facts.key);
    if (!row) {
      row = document.getElementById('request-line').content.querySelector('tr').cloneNode(true);
      rows.set(facts.key, row);
    }

    progress ? showProgress(row, state.get(key)) : showFacts(row, facts);
  }

  function showAges() {
    const now = clock.server + performance.now() - clock.here;
    for (const [key, row] of rows) {
      if (state.has(key)) {
        setText(row, 'age', ageText(now - state.get(key).since_ms));
      }
    }
  }

  // Rows are moved only where their order has changed, so that focus stays where it is.
  function arrange() {
    let place = body.firstElementChild;
    for (const key of orderOf(state, sort())) {
      const row = rows.get(key);
      if (row === place) {
        place = place.nextElementSibling;
      } else {
        body.insertBefore(row, place);
      }
    }
  }
});

function showTotals(root, totals) {
  for (const part of root.querySelectorAll('[data-total]')) {
    part.textContent = totals[part.dataset.total];
  }

  document.getElementById('requests-total').textContent = totals.requests;
  const unreachable = document.getElementById('requests-unreachable');
  unreachable.hidden = totals.unreachable.length === 0;
  unreachable.querySelector('span').textContent = totals.unreachable.join(', ');
  document.getElementById('requests-more').hidden = totals.requests <= Number(root.dataset.most);
  document.getElementById('requests-table').hidden = totals.requests === 0;
  document.getElementById('requests-empty').hidden = totals.requests > 0;
  document.getElementById('cancel-all').hidden = totals.requests === 0;
}

function showFacts(row, facts) {
  row.dataset.key = facts.key;
  const link = setText(row, 'model', `${facts.model}@${facts.version}`);
  link.href = facts.path;
  setText(row, 'id', facts.id);
  setText(row, 'instance', facts.instance);
  setText(row, 'priority', facts.priority);
  setText(row, 'client', facts.client ?? '–').title = facts.client_title ?? '';
  field(row, 'operation').hidden = facts.operation !== 'embed';
  field(row, 'shadow').hidden = !facts.shadow;
  row.querySelector('[data-cancel]').setAttribute('aria-label', `End request ${facts.id}`);
}

function showProgress(row, progress) {
  row.dataset.state = progress.state;
  const badge = setText(row, 'state', progress.state);
  badge.dataset.status = progress.state;
  badge.title = progress.endpoint ?? '';
  setText(row, 'tokens', progress.tokens);
  setText(row, 'speed', progress.speed?.toFixed(1) ?? '–');
  setText(row, 'first', progress.first_token_ms === undefined ? '–' : `${progress.first_token_ms} ms`);
  const attempt = setText(row, 'attempt', `attempt ${progress.attempt}`);
  attempt.hidden = progress.attempt < 2;
}

function field(row, name) {
  return row.querySelector(`[data-field="${name}"]`);
}

function setText(row, name, text) {
  const part = field(row, name);
  if (part.textContent !== String(text)) {
    part.textContent = text;
  }

  return part;
}
