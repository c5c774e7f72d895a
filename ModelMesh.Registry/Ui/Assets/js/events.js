// The live log: what comes goes on top, filtered as it comes. Paused, it waits and says how much there is.
import { behaviour } from './behaviours.js';
import { element } from './dialogs.js';
import { onLive } from './live.js';
import { showWhen } from './when.js';

behaviour('events', (root, signal) => {
  const body = root.querySelector('tbody');
  const [filter, subject, pause, count] = ['event-filter', 'event-subject', 'event-pause', 'event-count'].map(id => document.getElementById(id));
  const rows = new Map();
  let newest = new Map();
  let paused = false;

  const show = () => {
    for (const [key, row] of rows) {
      if (newest.get(key) !== row.entry) {
        row.remove();
        rows.delete(key);
      }
    }

    // The newest first; what is new has the highest numbers, so a row mostly goes before the one that was put in last.
    let next = null;
    for (const [key, entry] of [...newest].sort(([, left], [, right]) => left.number - right.number)) {
      let row = rows.get(key);
      if (!row) {
        row = rowOf(entry);
        rows.set(key, row);
        body.insertBefore(row, next);
      }

      next = row;
    }

    narrow();
  };
  const narrow = () => {
    const words = filter.value.trim().toLowerCase();
    let shown = 0;
    for (const row of rows.values()) {
      const { entry } = row;
      row.hidden = !((!subject.value || entry.subject === subject.value) && (!words || `${entry.name} ${entry.action} ${entry.text}`.toLowerCase().includes(words)));
      shown += row.hidden ? 0 : 1;
    }

    root.dataset.none = rows.size === 0 ? 'Nothing has happened yet. Register a model, and it is told here.' : shown === 0 ? 'No event like this.' : '';
    const waiting = paused ? [...latest.keys()].filter(key => !newest.has(key)).length : 0;
    count.textContent = paused ? `Paused, ${waiting} new` : `${shown} of ${rows.size}`;
  };
  let latest = new Map();
  onLive('events', state => {
    latest = new Map(state);
    if (!paused) {
      newest = latest;
      if (rows.size === 0) {
        body.replaceChildren();
      }

      show();
    } else {
      narrow();
    }
  }, signal);
  pause.addEventListener('click', () => {
    paused = !paused;
    pause.setAttribute('aria-pressed', String(paused));
    pause.querySelector('span').textContent = paused ? 'Go on' : 'Pause';
    newest = latest;
    show();
  }, { signal });
  filter.addEventListener('input', narrow, { signal });
  subject.addEventListener('change', narrow, { signal });
});

function rowOf(entry) {
  const time = element('time', { 'data-when': true, datetime: entry.at, title: `${entry.at.slice(0, 19).replace('T', ' ')} UTC` });
  showWhen(time);
  const row = element('tr', { 'data-key': `event-${entry.number}`, class: entry.is_trouble ? 'trouble' : '' },
    element('td', { 'data-label': 'When' }, time),
    element('td', { 'data-label': 'What' }, element('span', { class: 'tag' }, entry.subject)),
    element('td', { 'data-label': 'Name', class: 'event-name' }, entry.path ? element('a', { href: entry.path }, entry.name) : entry.name),
    element('td', { 'data-label': 'Change', class: 'event-text' },
      element('span', {}, element('strong', {}, `${entry.is_trouble ? '⚠ ' : ''}${entry.action}`), ` ${entry.text}`)));
  row.entry = entry;
  return row;
}
