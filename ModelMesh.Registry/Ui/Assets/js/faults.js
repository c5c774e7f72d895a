// Puts what the API found wrong beside the fields that it names: <output data-fault="steps">; what has no place goes to <output data-fault="">.
/** Shows all faults of an error in a form, and goes to the first field that has one. */
export function showFaults(form, error) {
  clearFaults(form);
  const details = error.details?.length ? error.details : [{ field: '', message: error.message }];
  for (const { field, message } of details) {
    const place = placeOf(form, field);
    const text = place.dataset.fault === field ? message : `${field}: ${message}`;
    place.textContent = place.textContent ? `${place.textContent}\n${text}` : text;
    place.closest('.field')?.querySelector('input, select, textarea')?.setAttribute('aria-invalid', 'true');
  }

  const first = form.querySelector('[aria-invalid="true"]');
  (first ?? form.querySelector('[data-fault=""]')).scrollIntoView({ block: 'center' });
  first?.focus({ preventScroll: true });
}

export function clearFaults(form) {
  form.querySelectorAll('[data-fault]').forEach(place => place.textContent = '');
  form.querySelectorAll('[aria-invalid]').forEach(field => field.removeAttribute('aria-invalid'));
}

// conditions[1].value, then conditions[1], then conditions.
function placeOf(form, field) {
  for (let path = field; path; path = path.replace(/(\.[^.[\]]*|\[\d+\]|[^.[\]]+)$/, '')) {
    const place = form.querySelector(`[data-fault="${CSS.escape(path)}"]`);
    if (place) {
      return place;
    }
  }

  return form.querySelector('[data-fault=""]');
}
