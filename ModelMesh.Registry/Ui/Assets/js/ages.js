// How long ago something was: data-since="moment" shows the time since then, and goes on. One timer for the whole page.
const second = 1000;

export function ageText(milliseconds) {
  const whole = Math.max(0, Math.floor(milliseconds / second));
  const [days, hours, minutes, seconds] = [Math.floor(whole / 86400), Math.floor(whole / 3600) % 24, Math.floor(whole / 60) % 60, whole % 60];
  if (days > 0) {
    return `${days} d ${hours} h`;
  }

  if (hours > 0) {
    return `${hours} h ${minutes} min`;
  }

  return minutes > 0 ? `${minutes} min ${seconds} s` : `${seconds} s`;
}

function tick() {
  for (const part of document.querySelectorAll('[data-since]')) {
    const text = ageText(Date.now() - Date.parse(part.dataset.since));
    if (part.textContent !== text) {
      part.textContent = text;
    }
  }
}

setInterval(() => document.hidden || tick(), second);
new MutationObserver(tick).observe(document.getElementById('main').parentElement, { childList: true });
tick();
