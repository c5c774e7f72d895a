// The same request as a command line, for a gateway: what applications would send.
import { copy } from './copy.js';
import { element } from './dialogs.js';

const kept = 'playground-gateway';

export function showCurl(bodies) {
  const address = element('input', { id: 'curl-gateway', value: localStorage.getItem(kept) ?? `http://${location.hostname}:8080`, spellcheck: 'false' });
  const commands = bodies.map(() => element('pre', {}));
  const show = () => bodies.forEach((body, index) => {
    commands[index].textContent = commandOf(address.value.replace(/\/+$/, ''), body);
  });
  address.addEventListener('input', () => {
    localStorage.setItem(kept, address.value);
    show();
  });
  const dialog = element('dialog', { class: 'dialog curl', 'aria-labelledby': 'curl-title' },
    element('h2', { id: 'curl-title' }, 'As an application would send it'),
    element('div', { class: 'field' }, element('label', { for: 'curl-gateway' }, 'Gateway'), address),
    ...commands.map(command => element('div', { class: 'stack' }, command,
      element('button', { type: 'button', class: 'button small', onclick: () => copy(command.textContent) }, 'Copy'))),
    element('form', { method: 'dialog', class: 'dialog-actions' }, element('button', { class: 'button primary' }, 'Close')));
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  show();
  dialog.showModal();
}

// A reference such as name:adapter that was typed is for the API that takes references.
function commandOf(gateway, { reference, ...body }) {
  const [path, sent] = reference ? ['/v1/chat/completions', { model: reference, ...body, stream: true }] : ['/infer', body];
  return `curl -N ${quoted(gateway + path)} -H 'content-type: application/json' -d ${quoted(JSON.stringify(sent))}`;
}

function quoted(text) {
  return `'${text.replaceAll(`'`, `'\\''`)}'`;
}
