// Everything can be done by keyboard: g and a letter goes to a section, / to the filter, n makes something new, t changes the colours, ? shows this.
import { switchTheme } from './actions.js';
import { element } from './dialogs.js';
import { navigate } from './navigation.js';

let going = 0;

export function startKeys() {
  document.addEventListener('keydown', event => {
    if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey || event.target.closest('input, textarea, select, dialog, [contenteditable]')) {
      return;
    }

    if (going && Date.now() - going < 1500) {
      going = 0;
      const link = [...document.querySelectorAll('#nav a[title]')].find(candidate => candidate.title.endsWith(`(g ${event.key})`));
      if (link) {
        event.preventDefault();
        navigate(link.href);
        return;
      }
    }

    if (event.key === 'g') {
      going = Date.now();
    } else if (event.key === 't') {
      switchTheme();
    } else if (event.key === '?') {
      showHelp();
    } else if (event.key === '/' || event.key === 'n') {
      const target = document.querySelector(event.key === '/' ? '#main [data-filter]' : '#main [data-new]');
      if (target) {
        event.preventDefault();
        event.key === '/' ? target.focus() : target.click();
      }
    }
  });
  document.getElementById('help').addEventListener('click', showHelp);
}

function showHelp() {
  const keys = [...document.querySelectorAll('#nav a[title]')].map(link => [link.title.slice(-4, -1), link.textContent.trim()]);
  const rows = [...keys, ['/', 'Filter'], ['n', 'New'], ['t', 'Dark or light'], ['?', 'This help']];
  const dialog = element('dialog', { class: 'dialog', 'aria-labelledby': 'help-title' },
    element('h2', { id: 'help-title' }, 'Keyboard shortcuts'),
    element('dl', { class: 'keys' }, ...rows.flatMap(([key, text]) => [element('dt', {}, element('kbd', {}, key)), element('dd', {}, text)])),
    element('form', { method: 'dialog', class: 'dialog-actions' }, element('button', { class: 'button primary' }, 'Close')));
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
