// What the server found wrong, at the fields it is about: each fault names its field by the path in the body.

/** Shows an error's faults; those that no field is about, and the error itself, above the form. */
export function showFaults(form, error) {
  clearFaults(form);
  const rest = [];
  let first = null;
  for (const { field, message } of error.details ?? []) {
    const place = placeOf(form, field);
    if (!place) {
      rest.push(field ? `${field} ${message}` : message);
      continue;
    }

    addFault(place, field === place.dataset.field ? message : `${field} ${message}`);
    first ??= place;
  }

  const summary = form.querySelector('#form-faults');
  const placed = (error.details ?? []).length - rest.length;
  summary.textContent = [placed ? `Nothing was changed: ${placed === 1 ? 'one fault is' : `${placed} faults are`} shown below.` : error.message, ...placed ? rest : []].join('\n');
  summary.hidden = false;
  (first?.querySelector('input, select, textarea') ?? summary).focus();
  (first ?? summary).scrollIntoView({ block: 'center' });
}

export function clearFaults(form) {
  form.querySelector('#form-faults').hidden = true;
  form.querySelectorAll('[data-field]').forEach(clearFault);
}

export function clearFault(place) {
  place.querySelector('.fault').textContent = '';
  place.querySelectorAll('[aria-invalid]').forEach(input => input.removeAttribute('aria-invalid'));
}

export function addFault(place, text) {
  const fault = place.querySelector('.fault');
  fault.textContent = [fault.textContent, text].filter(line => line).join('\n');
  place.querySelectorAll('input, select, textarea').forEach(input => input.setAttribute('aria-invalid', 'true'));
  const fold = place.closest('details');
  if (fold) {
    fold.open = true;
  }
}

// The field that says the path, or else the one that says the nearest thing around it.
function placeOf(form, path) {
  return [...form.querySelectorAll('[data-field]')]
    .filter(({ dataset: { field } }) => field === path || (field && path && (path.startsWith(`${field}.`) || path.startsWith(`${field}[`))))
    .sort((one, other) => other.dataset.field.length - one.dataset.field.length)[0] ?? null;
}
