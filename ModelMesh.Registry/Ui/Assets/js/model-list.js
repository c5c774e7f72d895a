// The list of models: what is filtered and in which order stands in the address, and the server does it, so that a long list costs the browser nothing.
import { behaviour } from './behaviours.js';
import { refresh } from './navigation.js';

const PAUSE = 150;

behaviour('model-filter', (form, signal) => {
  let timer = 0;
  const apply = () => {
    clearTimeout(timer);
    const query = new URLSearchParams([...new FormData(form)].filter(([name, value]) => value.trim() && !(name === 'sort' && value === 'name')));
    history.replaceState(null, '', `${form.action}${query.size ? `?${query}` : ''}`);
    refresh();
  };
  form.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(apply, PAUSE);
  }, { signal });
  form.addEventListener('submit', event => {
    event.preventDefault();
    apply();
  }, { signal });
  form.addEventListener('keydown', event => {
    if (event.key === 'Escape' && event.target.name === 'q') {
      // Once to empty it, once more to leave it.
      if (!event.target.value) {
        event.target.blur();
        return;
      }

      event.target.value = '';
      apply();
    }
  }, { signal });
  form.querySelector('[data-fold]').addEventListener('click', () => {
    const all = [...document.querySelectorAll('#main .model-fold')];
    const open = !all.some(fold => fold.open);
    all.forEach(fold => { fold.open = open; });
  }, { signal });
});

behaviour('in-place', (link, signal) => link.addEventListener('click', event => {
  if (event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey) {
    event.preventDefault();
    history.replaceState(null, '', link.href);
    refresh();
  }
}, { signal }));

// A page whose figures are no topic of the live stream asks again now and then.
behaviour('again', (root, signal) => {
  const timer = setInterval(() => document.hidden || document.querySelector('dialog[open]') || refresh(), 5000);
  signal.addEventListener('abort', () => clearInterval(timer));
});
