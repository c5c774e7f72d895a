// Dialogs and notices. A destructive act names what it will do and is asked for; Escape and the safe button say no.
export function element(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name === 'class') {
      made.className = value;
    } else if (name.startsWith('on')) {
      made.addEventListener(name.slice(2), value);
    } else if (value !== undefined && value !== null && value !== false) {
      made.setAttribute(name, value === true ? '' : value);
    }
  }

  made.append(...children.filter(child => child !== undefined && child !== null));
  return made;
}

/** Asks; true only when it was agreed to. body may be a text or an element. */
export function confirmed({ title, body, action, danger = false }) {
  return new Promise(done => {
    const no = element('button', { type: 'button', class: 'button', onclick: () => dialog.close('no') }, 'Cancel');
    const yes = element('button', { type: 'button', class: danger ? 'button danger' : 'button primary', onclick: () => dialog.close('yes') }, action);
    const dialog = element('dialog', { class: 'dialog', 'aria-labelledby': 'dialog-title' },
      element('h2', { id: 'dialog-title' }, title),
      element('div', { class: 'dialog-body' }, body ?? ''),
      element('div', { class: 'dialog-actions' }, no, yes));
    dialog.addEventListener('close', () => {
      dialog.remove();
      done(dialog.returnValue === 'yes');
    });
    document.body.append(dialog);
    dialog.showModal();
    (danger ? no : yes).focus();
  });
}

/** A notice that goes by itself; a fault stays until it is closed. */
export function toast(text, kind = 'ok') {
  const notice = element('div', { class: `toast ${kind}` },
    element('span', {}, text),
    element('button', { type: 'button', class: 'toast-close', 'aria-label': 'Close', onclick: () => notice.remove() }, '×'));
  document.getElementById('toasts').append(notice);
  if (kind === 'ok') {
    setTimeout(() => notice.remove(), 5000);
  }
}

export function toastFault(error) {
  const faults = error.details?.map(fault => `${fault.field}: ${fault.message ?? fault.fault ?? ''}`) ?? [];
  toast([error.message, ...faults].join('\n'), 'fault');
}
