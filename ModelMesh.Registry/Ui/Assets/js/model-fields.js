// Keeps the fields of a model's form and its body in step. The body is what counts: a field shows one path of it.
import { endpointRows } from './endpoint-rows.js';
import { addFault, clearFault } from './form-faults.js';
import { textOf, valueOf } from './field-values.js';
import { get, put } from './model-body.js';

// What backend settings have fields of their own; the rest of them is one field.
const OWN = ['endpoint', 'model', 'api_key'];

/** read() is the body now; changed(body) is told of what a field made of it. */
export function modelFields(form, read, changed) {
  const inputs = [...form.querySelectorAll('input[data-path], select[data-path], textarea[data-path]')];
  const host = form.querySelector('[data-kind="endpoints"]');
  const endpoints = endpointRows(host, () => changed(put(read(), ['backends'], endpoints.read())));
  form.querySelector('[data-add-endpoint]').addEventListener('click', () => endpoints.add());
  const broken = new Set();
  for (const input of inputs) {
    input.addEventListener('input', () => {
      const place = input.closest('[data-field]');
      clearFault(place);
      broken.delete(input);
      try {
        changed(written(read(), input));
      } catch (error) {
        broken.add(input);
        addFault(place, `This is no JSON object: ${error.message}`);
      }
    });
  }

  return {
    /** A field whose text means nothing yet, so that the body does not hold it. */
    broken: () => [...broken][0],
    /** except: the one that is being typed in. */
    show: (body, except) => {
      inputs.filter(input => input !== except && !broken.has(input)).forEach(input => shown(body, input));
      endpoints.show(body.backends);
    },
  };
}

function written(body, input) {
  const path = input.dataset.path.split('.');
  const value = valueOf(input.dataset.kind, input.value);
  if (input.dataset.path === 'backend') {
    const own = Object.fromEntries(Object.entries(body.backend ?? {}).filter(([name]) => OWN.includes(name)));
    return put(body, path, { ...own, ...value });
  }

  const next = path[0] === 'cache' && !isObject(body.cache) ? put(body, ['cache'], typeof body.cache === 'boolean' ? { enabled: body.cache } : undefined) : body;
  if (input.dataset.path === 'cache.enabled' && value === undefined) {
    return put(next, ['cache'], undefined);
  }

  // A time to keep answers for means that they are kept.
  const kept = put(next, path, value);
  return input.dataset.path === 'cache.ttl' && value !== undefined && kept.cache.enabled === undefined ? put(kept, ['cache', 'enabled'], true) : kept;
}

function shown(body, input) {
  const { path, kind } = input.dataset;
  const value = path === 'backend' ? restOf(body.backend) : path === 'cache.enabled' && typeof body.cache === 'boolean' ? body.cache : get(body, path.split('.'));
  const text = textOf(kind, value);
  if (input.tagName === 'SELECT') {
    select(input, text ?? '');
  } else if (input.value !== (text ?? '')) {
    input.value = text ?? '';
  }

  // What only JSON can say is changed there.
  input.readOnly = text === null;
  input.title = text === null ? 'Shown in the JSON below only' : '';
}

function select(input, text) {
  const known = [...input.options].find(option => option.value === text);
  if (!known && text) {
    input.add(new Option(`${text} (not loaded)`, text));
  }

  input.value = text || input.options[0]?.value || '';
}

function restOf(backend) {
  return isObject(backend) ? Object.fromEntries(Object.entries(backend).filter(([name]) => !OWN.includes(name))) : backend;
}

function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
