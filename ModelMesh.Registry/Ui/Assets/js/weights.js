// The sliders of a model's traffic split. What is set here holds once it is applied, in one call for all versions.
import { call } from './api.js';
import { behaviour } from './behaviours.js';
import { toast, toastFault } from './dialogs.js';
import { refresh } from './navigation.js';
import { TOTAL, evened, moved, percent, sharesOf, weightsOf } from './shares.js';
import { drawWeights } from './weight-rows.js';

behaviour('weights', (root, signal) => {
  const buttons = Object.fromEntries([...root.querySelectorAll('button[name]')].map(button => [button.name, button]));
  let base, shares, locked, revision, before, theirs = null;
  begin();

  function begin() {
    base = JSON.parse(root.dataset.weights);
    revision = root.dataset.revision;
    shares = sharesOf(base.map(entry => entry.weight));
    locked = base.map(() => false);
    [before, theirs] = [shares, null];
    show();
  }

  function show() {
    const old = sharesOf(base.map(entry => entry.weight));
    const isChanged = shares.some((share, i) => share !== old[i]);
    drawWeights(root.querySelector('#weight-rows'), {
      entries: base.map(({ version }, i) => ({ version, share: shares[i], old: old[i], locked: locked[i] })),
      frozen: root.dataset.frozen === 'true',
      notice: theirs && `Changed elsewhere meanwhile: ${described(theirs)}.`,
      set: (i, share, isDone) => {
        shares = moved(before, locked, i, share);
        before = isDone ? shares : before;
        show();
      },
      lock: i => {
        locked = locked.map((value, at) => at === i ? !value : value);
        show();
      },
      take: begin,
      keep: keepMine,
    });
    buttons.reset.disabled = !isChanged;
    buttons.apply.disabled = !isChanged || Boolean(theirs) || shares.reduce((sum, share) => sum + share, 0) !== TOTAL;
    buttons.even.disabled = root.dataset.frozen === 'true';
  }

  // Versions that are gone meanwhile, or new, make these shares mean nothing.
  function keepMine() {
    if (theirs.map(entry => entry.version).join('\n') !== base.map(entry => entry.version).join('\n')) {
      begin();
      toast('There are other versions now, so the shares begin anew.', 'fault');
      return;
    }

    [base, revision, theirs] = [theirs, root.dataset.revision, null];
    show();
  }

  const isDirty = () => {
    const old = sharesOf(base.map(entry => entry.weight));
    return shares.some((share, i) => share !== old[i]);
  };
  const observer = new MutationObserver(() => {
    const now = JSON.parse(root.dataset.weights);
    if (JSON.stringify(now) === JSON.stringify(base)) {
      [revision, theirs] = [root.dataset.revision, null];
      show();
    } else if (isDirty()) {
      theirs = now;
      show();
    } else {
      begin();
    }
  });
  observer.observe(root, { attributeFilter: ['data-weights', 'data-revision', 'data-frozen'] });
  signal.addEventListener('abort', () => observer.disconnect());

  buttons.reset.addEventListener('click', begin);
  buttons.even.addEventListener('click', () => {
    shares = evened(shares, locked);
    before = shares;
    show();
  });
  buttons.apply.addEventListener('click', async () => {
    const wanted = Object.fromEntries(weightsOf(shares).map((weight, i) => [base[i].version, weight]));
    buttons.apply.disabled = true;
    try {
      const { answer } = await call('PUT', root.dataset.path, wanted, { 'if-match': `"${revision}"` });
      base = base.map(entry => ({ ...entry, weight: wanted[entry.version] }));
      revision = String(answer.revision);
      toast(`Applied: ${base.map(({ version }, i) => `${version} ${percent(shares[i])}`).join(', ')}.`);
    } catch (error) {
      toastFault(error);
    }

    show();
    await refresh();
  });
});

function described(entries) {
  const shares = sharesOf(entries.map(entry => entry.weight));
  return entries.map(({ version }, i) => `${version} ${percent(shares[i])}`).join(', ');
}
