// A button that copies its data-copy.
import { behaviour } from './behaviours.js';
import { toast } from './dialogs.js';

behaviour('copy', (button, signal) => button.addEventListener('click', () => copy(button.dataset.copy), { signal }));

export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Browsers keep the clipboard from pages that came over plain http.
    const field = document.createElement('textarea');
    field.value = text;
    (document.querySelector('dialog[open]') ?? document.body).append(field);
    field.select();
    document.execCommand('copy');
    field.remove();
  }

  toast('Copied.');
}
