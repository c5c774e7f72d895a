// Calls of the admin API. What it refuses is thrown as an error that holds the API's own words and the faults of each field.
export class ApiError extends Error {
  constructor(status, error) {
    super(error?.message ?? `The registry answered ${status}.`);
    this.status = status;
    this.code = error?.code ?? '';
    this.details = Array.isArray(error?.details) ? error.details : [];
  }
}

export async function call(method, path, body, headers = {}) {
  let response;
  try {
    response = await fetch(path, {
      method,
      headers: { accept: 'application/json', ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch {
    throw new ApiError(0, { message: 'The registry cannot be reached.' });
  }

  const text = await response.text();
  let answer = null;
  try {
    answer = text ? JSON.parse(text) : null;
  } catch {
    // Not the API's own answer, a proxy's for instance: the status has to do.
  }

  if (!response.ok) {
    throw new ApiError(response.status, answer?.error);
  }

  return { answer, etag: response.headers.get('etag'), status: response.status };
}
