// Says how long ago something was, and goes on saying it: <time data-when datetime="…">. The same words as the server's.
setInterval(() => {
  if (!document.hidden) {
    document.querySelectorAll('time[data-when]').forEach(showWhen);
  }
}, 5000);

export function showWhen(time) {
  const text = ago(Date.now() - Date.parse(time.dateTime));
  if (time.textContent !== text) {
    time.textContent = text;
  }
}

export function ago(milliseconds) {
  const seconds = milliseconds / 1000;
  return seconds < 5 ? 'just now'
    : seconds < 60 ? `${Math.floor(seconds)} s ago`
    : seconds < 3600 ? `${Math.floor(seconds / 60)} min ago`
    : seconds < 86400 ? `${Math.floor(seconds / 3600)} h ago`
    : seconds < 172800 ? '1 day ago'
    : `${Math.floor(seconds / 86400)} days ago`;
}
