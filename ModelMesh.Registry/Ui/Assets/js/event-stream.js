// Server-sent events out of the answer to a POST, which EventSource cannot make: {event, data} one by one, data parsed.
export async function* readEvents(response) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) {
        return;
      }

      text += value;
      let end;
      while ((end = text.indexOf('\n\n')) >= 0) {
        const parsed = parse(text.slice(0, end));
        text = text.slice(end + 2);
        if (parsed) {
          yield parsed;
        }
      }
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}

function parse(block) {
  const lines = block.split('\n');
  const event = lines.find(line => line.startsWith('event: '))?.slice(7);
  const data = lines.filter(line => line.startsWith('data: ')).map(line => line.slice(6)).join('\n');
  return event && data ? { event, data: JSON.parse(data) } : null;
}
