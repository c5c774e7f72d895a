// A hot update in three steps: what changed elsewhere meanwhile, what this changes, and the update itself, guarded by the revision it began with.
import { call } from './api.js';
import { confirmed, element, toast } from './dialogs.js';
import { onLive } from './live.js';
import { bodyOf, complete, differences, pathText, put, rebased } from './model-body.js';

/**
 * editing: {base, revision, defaults, keepsWeight}, moved on to what is newer. The outcome is 'done' with the API's answer, 'rebased' with the user's changes on
 * top of the newer revision, 'same' where nothing is changed, or 'left'.
 */
export async function updated({ path, liveId }, editing, body) {
  const current = await call('GET', path);
  const theirs = bodyOf(current.answer);
  const elsewhere = await settled(editing, body, theirs, current.answer.revision);
  if (elsewhere) {
    return elsewhere;
  }

  const before = full(editing, theirs);
  const changes = differences(before, full(editing, body));
  if (changes.length === 0) {
    toast('Nothing is changed.');
    return { outcome: 'same' };
  }

  if (!await agreed(current.answer, changes, liveId)) {
    return { outcome: 'left' };
  }

  try {
    const { answer } = await call('PUT', path, body, { 'if-match': `"${editing.revision}"` });
    return { outcome: 'done', answer };
  } catch (error) {
    // Somebody was quicker between the question and the answer: the next look shows what they did.
    if (error.status === 412) {
      return { outcome: 'rebased', body };
    }

    throw error;
  }
}

async function settled(editing, body, theirs, revision) {
  const base = full(editing, editing.base);
  const { body: mine, theirChanges, conflicts } = rebased(base, full(editing, body), full(editing, theirs));
  if (theirChanges.length === 0 && revision === editing.revision) {
    return null;
  }

  // A weight moves without a new revision, and nobody has to be asked about what they did not touch.
  const isQuiet = revision === editing.revision && conflicts.length === 0;
  if (!isQuiet && !await confirmed({ title: 'It was changed meanwhile', body: elsewhereText(editing.revision, revision, theirChanges, conflicts), action: `Go on with revision ${revision}` })) {
    return { outcome: 'left' };
  }

  [editing.base, editing.revision] = [theirs, revision];
  return { outcome: 'rebased', body: mine };
}

function elsewhereText(from, to, changes, conflicts) {
  return element('div', { class: 'stack' },
    element('p', {}, from === to ? 'Somebody else moved its weight since this form was opened:' : `Revision ${from}, which this form began with, is revision ${to} by now. There somebody else changed:`),
    changes.length ? diff(changes) : element('p', { class: 'quiet' }, 'nothing that the form shows'),
    conflicts.length
      ? element('p', { class: 'notice' }, `You changed ${conflicts.map(({ path }) => pathText(path)).join(', ')} too: going on keeps yours there, and theirs in all else.`)
      : element('p', {}, 'Going on puts your changes on top of theirs, and shows them once more.'));
}

async function agreed(answer, changes, liveId) {
  const over = new AbortController();
  const streams = element('p', { class: 'notice', role: 'status' });
  const show = active => {
    streams.textContent = active > 0
      ? `${active === 1 ? '1 stream' : `${active} streams`} in flight ${active === 1 ? 'finishes on the revision it' : 'finish on the revisions they'} began with; requests from then on get the new one.`
      : 'Nothing is in flight on it now; requests from then on get the new revision.';
  };
  show(answer.active ?? 0);
  onLive('models', state => show(state.get(liveId)?.active ?? 0), over.signal);
  const yes = await confirmed({ title: `Update ${answer.name} ${answer.version}?`, body: element('div', { class: 'stack' }, diff(changes), streams), action: 'Update' });
  over.abort();
  return yes;
}

function diff(changes) {
  return element('div', { class: 'diff' }, ...changes.flatMap(({ path, before, after }) => [
    element('div', { class: 'path' }, pathText(path)),
    before === undefined ? null : element('div', { class: 'old' }, `− ${JSON.stringify(before)}`),
    after === undefined ? null : element('div', { class: 'new' }, `+ ${JSON.stringify(after)}`),
  ]));
}

// Where a rollout moves the weight, it is neither base nor change.
function full(editing, body) {
  const said = complete(body, editing.defaults);
  return editing.keepsWeight ? put(said, ['weight'], undefined) : said;
}
