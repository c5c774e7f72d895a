// The form that registers a model version, or edits one: its fields, the same as JSON, and what happens when it is sent.
import { call } from './api.js';
import { behaviour } from './behaviours.js';
import { toast } from './dialogs.js';
import { objectOf } from './field-values.js';
import { addFault, clearFault, clearFaults, showFaults } from './form-faults.js';
import { modelFields } from './model-fields.js';
import { updated } from './model-update.js';
import { navigate } from './navigation.js';
import { put } from './model-body.js';

behaviour('model-form', (form, signal) => {
  const text = form.querySelector('[name="json"]');
  const place = text.closest('[data-field]');
  const sections = form.querySelectorAll('section:not(:has([name="json"]))');
  const edits = form.dataset.method === 'PUT';
  let body = JSON.parse(text.value);
  let isSound = true;

  const write = () => { text.value = JSON.stringify(body, null, 2); };
  const fields = modelFields(form, () => body, next => {
    body = next;
    write();
    fields.show(body, document.activeElement);
  });

  text.addEventListener('input', () => {
    clearFault(place);
    isSound = true;
    try {
      body = objectOf(text.value);
      fields.show(body);
    } catch (error) {
      isSound = false;
      addFault(place, `This is no JSON object: ${error.message}`);
    }

    // Fields would write over what is only half typed.
    sections.forEach(section => section.toggleAttribute('inert', !isSound));
  }, { signal });

  // A rollout's weight is not this form's to set: a body without one keeps it.
  const base = body;
  if (form.dataset.weightsMove) {
    body = put(body, ['weight'], undefined);
    write();
  }

  fields.show(body);
  const editing = edits && { base, revision: Number(form.dataset.revision), defaults: JSON.parse(form.dataset.defaults), keepsWeight: Boolean(form.dataset.weightsMove) };
  form.addEventListener('submit', async event => {
    event.preventDefault();
    const broken = isSound ? fields.broken() : text;
    if (broken) {
      (broken.closest('details') ?? {}).open = true;
      broken.focus();
      return;
    }

    clearFaults(form);
    const button = form.querySelector('[type="submit"]');
    button.disabled = true;
    try {
      if (edits) {
        await update();
      } else {
        const { answer } = await call('POST', form.dataset.path, body);
        toast(answer.status === 'ready' ? `${answer.name} ${answer.version} is registered, and ready.` : `${answer.name} ${answer.version} is registered; it is ${answer.status}${answer.status_reason ? `: ${answer.status_reason}` : ''}.`);
        await navigate(`/ui/models/${encodeURIComponent(answer.name)}/versions/${encodeURIComponent(answer.version)}`);
      }
    } catch (error) {
      showFaults(form, error);
    } finally {
      button.disabled = false;
    }
  }, { signal });

  // Asked again as long as somebody else was quicker and the user goes on with theirs.
  async function update() {
    while (true) {
      const { outcome, answer, body: next } = await updated(form.dataset, editing, body);
      if (outcome === 'done') {
        toast(`Revision ${answer.revision} of ${answer.name} ${answer.version} takes new requests.`);
        await navigate(form.dataset.pageOf);
        return;
      }

      if (outcome !== 'rebased') {
        return;
      }

      body = next;
      write();
      fields.show(body);
    }
  }
});
