// Draws the rows of a traffic split. Elements stay between two drawings, so that a slider that is held keeps being held.
import { element } from './dialogs.js';
import { TOTAL, percent } from './shares.js';

/** view: entries [{version, share, old, locked}], frozen, notice; set(i, share, isDone), lock(i), take(), keep(). */
export function drawWeights(host, view) {
  // Not an attribute: those are the server's, also of an element that is this script's own.
  const shape = view.entries.map(entry => entry.version).join('\n');
  if (host.shape !== shape || !host.firstElementChild) {
    host.shape = shape;
    host.replaceChildren(element('div', { class: 'weight-bar', 'aria-hidden': 'true' }, ...view.entries.map(() => element('span'))), ...view.entries.map((entry, i) => row(host, entry, i)));
  }

  host.view = view;
  view.entries.forEach((entry, i) => fill(host.children[i + 1], entry, view.frozen));
  view.entries.forEach((entry, i) => {
    const part = host.children[0].children[i];
    part.style.flexGrow = entry.share;
    part.textContent = entry.share >= TOTAL / 12 ? entry.version : '';
    part.title = `${entry.version} ${percent(entry.share)}`;
  });
  showNotice(host, view);
}

function row(host, entry, i) {
  const id = `weight-${i}`;
  return element('div', { class: 'weight-row' },
    element('label', { for: id }, entry.version),
    element('input', {
      type: 'range', id, min: 0, max: TOTAL, step: 10, 'data-version': entry.version,
      oninput: event => host.view.set(i, Number(event.target.value), false),
      onchange: event => host.view.set(i, Number(event.target.value), true),
    }),
    element('input', {
      type: 'number', min: 0, max: 100, step: 0.1, inputmode: 'decimal', 'aria-label': `Share of ${entry.version} in percent`,
      onchange: event => host.view.set(i, Math.round(Number(event.target.value) * 10), true),
    }),
    element('span', { class: 'unit' }, '%'),
    element('button', { type: 'button', class: 'button small', 'aria-label': `Lock the share of ${entry.version}`, onclick: () => host.view.lock(i) }),
    element('small', { class: 'was quiet' }));
}

function fill(line, { share, old, locked }, frozen) {
  const [, slider, number, , lock, was] = line.children;
  slider.value = share;
  slider.setAttribute('aria-valuetext', percent(share));
  if (document.activeElement !== number || Number(number.value) * 10 !== share) {
    number.value = share / 10;
  }

  for (const input of [slider, number]) {
    input.disabled = locked || frozen;
  }

  lock.disabled = frozen;
  lock.setAttribute('aria-pressed', String(locked));
  lock.textContent = locked ? 'Locked' : 'Lock';
  was.textContent = share === old ? '' : `now ${percent(old)}`;
}

function showNotice(host, { notice, take, keep }) {
  host.querySelector('.notice')?.remove();
  if (notice) {
    host.append(element('p', { class: 'notice row', role: 'alert' },
      element('span', {}, notice),
      element('button', { type: 'button', class: 'button small', onclick: take }, 'Take theirs'),
      element('button', { type: 'button', class: 'button small', onclick: keep }, 'Keep mine')));
  }
}
