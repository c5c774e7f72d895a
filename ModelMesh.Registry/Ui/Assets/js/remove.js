// Draining and deleting a model version. The question says, live, how many streams it is about.
import { call } from './api.js';
import { behaviour } from './behaviours.js';
import { confirmed, element, toast, toastFault } from './dialogs.js';
import { onLive } from './live.js';
import { navigate, refresh } from './navigation.js';

const FIGURES_LAG_MS = 5000;

behaviour('remove', (button, signal) => button.addEventListener('click', async () => {
  const { model, version } = button.dataset;
  const what = `${model} ${version}`;
  const drains = button.dataset.remove === 'drain';
  const { agreed, active } = await asked(button.dataset, what, drains);
  if (!agreed) {
    return;
  }

  button.disabled = true;
  try {
    await call('DELETE', button.dataset.path + (drains || agreed === 'drain' ? '?drain=true' : ''));
    const left = drains || agreed === 'drain';
    toast(left && active > 0 ? `${what} drains: it is deleted when its last stream has ended.` : `${what} is ${left ? 'draining' : 'deleted'}.`);
    await (button.dataset.then && !left ? navigate(button.dataset.then) : refresh());
  } catch (error) {
    button.disabled = false;

    // A stream began between the question and the answer: the question is another one now.
    if (error.status === 409 && !drains && (await inFlight(button.dataset.path)).active > 0) {
      button.click();
    } else {
      toastFault(error);
    }
  } finally {
    button.disabled = false;
  }
}, { signal }));

// What the store says now: the page's own figures are some seconds old.
async function inFlight(path) {
  try {
    const { active, queued } = (await call('GET', path)).answer;
    return { active: active ?? 0, waiting: queued ?? 0, at: performance.now() };
  } catch {
    return { active: 0, waiting: 0, at: -Infinity };
  }
}

async function asked({ removeKey: key, path }, what, drains) {
  const over = new AbortController();
  const count = element('p', { class: 'notice', role: 'status' });
  const known = await inFlight(path);
  let { active, waiting } = known;
  const show = state => {
    if (performance.now() - known.at > FIGURES_LAG_MS) {
      ({ active = 0, waiting = 0 } = state.get(key) ?? {});
    }

    count.textContent = active + (waiting ?? 0) === 0 ? 'Nothing is in flight on it now.' : `${streams(active)} in flight on it now${waiting ? `, ${waiting} waiting` : ''}.`;
  };
  show(new Map());
  onLive('models', show, over.signal);
  const instead = !drains && active > 0;
  const body = element('div', { class: 'stack' }, count, element('p', {}, drains
    ? 'It takes no new requests from now on. What is in flight ends as it would, and then the version is deleted. This cannot be taken back.'
    : instead
      ? 'A version is deleted only while nothing is in flight on it. Drain it instead: no new requests, and it is deleted when the last stream has ended. This cannot be taken back.'
      : 'Requests that name it are refused from then on. What refers to it, an alias for instance, keeps it from being deleted. This cannot be taken back.'));
  const yes = await confirmed({ title: drains || instead ? `Drain ${what}?` : `Delete ${what}?`, body, action: drains || instead ? 'Drain' : 'Delete', danger: true });
  over.abort();
  return { agreed: yes && (instead ? 'drain' : true), active };
}

function streams(count) {
  return count === 1 ? '1 stream is' : `${count} streams are`;
}
