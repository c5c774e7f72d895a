// The form of an alias, a rule, a limit, a caller or the routing: filled from the entry's JSON, saved as JSON, and shown as JSON for who prefers that.
import { call } from './api.js';
import { behaviour } from './behaviours.js';
import { toast } from './dialogs.js';
import { clearFaults, showFaults } from './faults.js';
import { bodyOf, fill } from './entry-fields.js';
import { navigate, refresh } from './navigation.js';

const readOnly = ['revision', 'created_at', 'updated_at', 'resolves_to'];

behaviour('entry-form', (form, signal) => {
  const { collection, name, then } = form.dataset;
  const json = form.querySelector('#entry-json');
  const toggle = form.querySelector('#as-json');
  let revision = form.dataset.revision;
  const entry = withoutReadOnly(JSON.parse(form.dataset.entry));
  if (collection === 'callers') {
    // Only the beginning of the hash is shown, and that is none.
    delete entry.key_sha256;
  }

  fill(form, entry);
  toggle.addEventListener('click', () => {
    clearFaults(form);
    try {
      const toJson = json.closest('[data-json]').hidden;
      if (toJson) {
        json.value = JSON.stringify(bodyOf(form), null, 2);
      } else {
        const written = JSON.parse(json.value);
        fill(form, written);
        refuseLoss(written, bodyOf(form));
      }

      json.closest('[data-json]').hidden = !toJson;
      form.querySelector('[data-fields]').hidden = toJson;
      toggle.setAttribute('aria-pressed', String(toJson));
      (toJson ? json : form.querySelector('[data-fields] input:not([readonly])')).focus();
    } catch (error) {
      showFaults(form, { details: [{ field: 'json', message: error.message }] });
    }
  }, { signal });
  form.addEventListener('submit', async event => {
    event.preventDefault();
    clearFaults(form);
    const button = form.querySelector('#save-entry');
    button.disabled = true;
    try {
      const body = entryOf(form);
      const { answer } = await save(body);
      revision = answer.revision;
      toast('Saved.');
      await (then === location.pathname ? refresh() : navigate(then));
    } catch (error) {
      showFaults(form, error);
    } finally {
      button.disabled = false;
    }
  }, { signal });

  function save(body) {
    const guard = revision ? { 'if-match': `"${revision}"` } : {};
    return collection === 'routing' ? call('PUT', '/routing', body, guard)
      : name ? call('PUT', `/${collection}/${encodeURIComponent(name)}`, body, guard)
      : call('POST', `/${collection}`, body);
  }
});

/** What the form says now, by its fields or by its JSON. */
export function entryOf(form) {
  const json = form.querySelector('#entry-json');
  if (json.closest('[data-json]').hidden) {
    return bodyOf(form);
  }

  try {
    return JSON.parse(json.value);
  } catch (error) {
    throw Object.assign(new Error(error.message), { details: [{ field: 'json', message: `This is no JSON: ${error.message}` }] });
  }
}

function withoutReadOnly(entry) {
  return Object.fromEntries(Object.entries(entry).filter(([field]) => !readOnly.includes(field)));
}

// The fields show what they know; what they do not must not be lost by looking at them.
function refuseLoss(written, shown) {
  const lost = Object.keys(written).filter(field => !(field in shown) && written[field] !== '' && written[field] !== null && written[field]?.length !== 0);
  if (lost.length) {
    throw new Error(`The form has no field for ${lost.join(', ')}. Take it out, or save this as it is.`);
  }
}
