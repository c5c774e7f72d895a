// Buttons that change something (data-needs-store) do nothing while the store is away. Those that call the admin API without a script of their own:
// <button data-call="DELETE /models/a/versions/1" data-confirm="Delete a 1?" data-confirm-text="…" data-action="Delete" data-danger data-done="Deleted." data-then="/ui/models">
import { call } from './api.js';
import { confirmed, toast, toastFault } from './dialogs.js';
import { navigate, refresh } from './navigation.js';

export function startActions() {
  // Before anything else hears of it; the key that presses a button, or sends its form, comes as a click, too.
  document.addEventListener('click', event => {
    if (document.documentElement.hasAttribute('data-store-away') && event.target.closest?.('[data-needs-store]')) {
      event.preventDefault();
      event.stopImmediatePropagation();
      toast('The store is away: nothing can be changed until it is back.', 'fault');
    }
  }, true);
  document.addEventListener('click', event => {
    const button = event.target.closest?.('[data-call]');
    if (button) {
      run(button);
    }
  });
  document.getElementById('menu').addEventListener('click', event => {
    const open = document.body.classList.toggle('nav-open');
    event.currentTarget.setAttribute('aria-expanded', String(open));
  });
  document.getElementById('theme').addEventListener('click', switchTheme);
}

export function switchTheme() {
  const root = document.documentElement;
  const dark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  root.dataset.theme = dark ? 'light' : 'dark';
  localStorage.setItem('theme', root.dataset.theme);
}

async function run(button) {
  const { call: what, confirm, confirmText, action, done, then } = button.dataset;
  if (confirm && !await confirmed({ title: confirm, body: confirmText, action: action ?? button.textContent.trim(), danger: 'danger' in button.dataset })) {
    return;
  }

  const [method, path] = what.split(' ', 2);
  button.disabled = true;
  try {
    await call(method, path, button.dataset.body ? JSON.parse(button.dataset.body) : undefined);
    if (done) {
      toast(done);
    }

    await (then ? navigate(then) : refresh());
  } catch (error) {
    toastFault(error);
  } finally {
    button.disabled = false;
  }
}
