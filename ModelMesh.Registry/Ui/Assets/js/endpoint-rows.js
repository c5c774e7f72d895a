// The list of a version's endpoints in its form: an address and a weight each.
import { element } from './dialogs.js';

export function endpointRows(host, changed) {
  const read = () => [...host.children].map(line => {
    const [endpoint, weight] = [...line.querySelectorAll('input')].map(input => input.value.trim());
    return { endpoint, ...(weight === '' ? {} : { weight: Number.isFinite(Number(weight)) ? Number(weight) : weight }) };
  });
  const add = ({ endpoint = '', weight = '' } = {}) => {
    const line = element('div', { class: 'endpoint-row' },
      element('input', { type: 'text', value: endpoint, placeholder: 'https://host:8000/v1', 'aria-label': 'Endpoint', autocomplete: 'off', spellcheck: 'false', oninput: changed }),
      element('input', { type: 'text', value: String(weight), placeholder: '100', inputmode: 'numeric', 'aria-label': 'Weight of the endpoint', oninput: changed }),
      element('button', {
        type: 'button', class: 'button small', 'aria-label': 'Remove this endpoint',
        onclick: () => {
          line.remove();
          changed();
        },
      }, 'Remove'));
    host.append(line);
    return line;
  };
  return {
    read: () => host.children.length ? read() : undefined,
    show: value => {
      if (JSON.stringify(value ?? []) !== JSON.stringify(read())) {
        host.replaceChildren();
        (Array.isArray(value) ? value : []).forEach(entry => add(entry));
      }
    },
    add: () => add().querySelector('input').focus(),
  };
}
