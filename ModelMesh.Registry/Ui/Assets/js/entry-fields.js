// The fields of an entry's form: data-as says what kind each is. Conditions and chains of fallbacks are rows that come and go.
import { element } from './dialogs.js';
import { conditionText, conditionValue, linesOf, numberOf, targetOf, targetText } from './entry-values.js';

const operators = [['eq', 'is'], ['ne', 'is not'], ['gt', 'is more than'], ['lt', 'is less than'], ['in', 'is one of'], ['contains', 'contains'], ['exists', 'exists']];

const kinds = {
  text: { read: field => field.value.trim(), write: (field, value) => field.value = value ?? '' },
  number: { read: field => numberOf(field.value.trim()), write: (field, value) => field.value = value ?? '' },
  flag: { read: field => field.checked, write: (field, value) => field.checked = value ?? true },
  target: { read: field => targetOf(field.value.trim()), write: (field, value) => field.value = typeof value === 'string' ? value : targetText(value) },
  targets: { read: field => linesOf(field.value).map(targetOf), write: (field, value) => field.value = targetLines(value) },
};

export function bodyOf(form) {
  const body = {};
  for (const field of form.querySelectorAll('[data-as]')) {
    const value = kinds[field.dataset.as].read(field);
    if (value !== '' && !(Array.isArray(value) && value.length === 0)) {
      body[field.name] = value;
    }
  }

  const conditions = form.querySelector('[data-conditions]');
  if (conditions) {
    body.conditions = [...conditions.querySelectorAll('[data-row]')].map(row => {
      const [field, operator, value] = ['field', 'operator', 'value'].map(part => row.querySelector(`[data-part="${part}"]`).value.trim());
      return { field, operator, value: conditionValue(field, operator, value) };
    });
  }

  const chains = form.querySelector('[data-chains]');
  if (chains) {
    body[chains.dataset.chains] = Object.fromEntries([...chains.querySelectorAll('[data-row]')]
      .map(row => [row.querySelector('[data-part="name"]').value.trim(), linesOf(row.querySelector('[data-part="chain"]').value).map(targetOf)]));
  }

  return body;
}

export function fill(form, entry) {
  for (const field of form.querySelectorAll('[data-as]')) {
    kinds[field.dataset.as].write(field, entry[field.name]);
  }

  rows(form.querySelector('[data-conditions]'), '#add-condition', entry.conditions ?? [], conditionRow, { field: '', operator: 'eq' });
  const chains = form.querySelector('[data-chains]');
  rows(chains, '#add-chain', Object.entries(entry[chains?.dataset.chains] ?? {}), chainRow, ['', []]);
}

function rows(list, add, entries, make, empty) {
  if (!list) {
    return;
  }

  const place = list.querySelector('[data-rows]');
  const number = () => {
    [...place.children].forEach((row, index) => row.number?.(index));
    const none = list.querySelector('[data-none]');
    if (none) {
      none.hidden = place.children.length > 0;
    }
  };
  const append = entry => {
    const row = make(entry, () => {
      row.remove();
      number();
      list.querySelector(add).focus();
    });
    place.append(row);
    number();
    return row;
  };
  place.replaceChildren();
  entries.forEach(append);
  list.querySelector(add).onclick = () => append(empty).querySelector('input').focus();
  number();
}

function conditionRow({ field, operator, value }, remove) {
  const fault = element('output', { class: 'fault' });
  const row = element('div', { class: 'condition-row field', 'data-row': true },
    element('input', { 'data-part': 'field', list: 'condition-fields', placeholder: 'field', 'aria-label': 'Field', autocomplete: 'off' }),
    element('select', { 'data-part': 'operator', 'aria-label': 'Operator' }, ...operators.map(([key, text]) => element('option', { value: key, selected: key === operator }, text))),
    element('input', { 'data-part': 'value', placeholder: 'value; with “is one of” several, by commas', 'aria-label': 'Value', autocomplete: 'off' }),
    element('button', { type: 'button', class: 'icon-button', 'aria-label': 'Remove this condition', title: 'Remove this condition', onclick: remove }, '×'),
    fault);
  row.querySelector('[data-part="field"]').value = field;
  row.querySelector('[data-part="value"]').value = conditionText(field, value);
  row.number = index => fault.dataset.fault = `conditions[${index}]`;
  return row;
}

function chainRow([name, chain], remove) {
  const row = element('div', { class: 'chain-row field', 'data-row': true },
    element('input', { 'data-part': 'name', list: 'targets', placeholder: 'model or alias', 'aria-label': 'Model or alias', autocomplete: 'off' }),
    element('textarea', { 'data-part': 'chain', class: 'code', rows: 2, placeholder: 'one fallback a line', 'aria-label': 'Its fallbacks, one a line', spellcheck: 'false' }),
    element('button', { type: 'button', class: 'icon-button', 'aria-label': 'Remove this model', title: 'Remove this model', onclick: remove }, '×'));
  row.querySelector('[data-part="name"]').value = name;
  row.querySelector('[data-part="chain"]').value = targetLines(chain);
  return row;
}

function targetLines(targets = []) {
  return targets.map(target => typeof target === 'string' ? target : targetText(target)).join('\n');
}
