namespace ModelMesh.Bench.Ui;

/// <summary>What an open page of the admin UI asks of a registry: its HTML once, then its event stream, read as it comes.</summary>
internal sealed class OpenPage : IAsyncDisposable
{
    private readonly CancellationTokenSource _closed = new();
    private readonly Task _reading;
    private long _bytes;

    private OpenPage(Stream live) => _reading = ReadAsync(live);

    /// <summary>How much the stream has sent.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    /// <param name="page">Its address; the page itself says which topics it follows.</param>
    public static async Task<OpenPage> OpenAsync(HttpClient http, Uri page)
    {
        var html = await http.GetStringAsync(page);
        var topics = html.Split("data-topics=\"") is [_, var rest, ..] ? rest[..rest.IndexOf('"', StringComparison.Ordinal)].Replace(' ', ',') : "";
        return new OpenPage(await http.GetStreamAsync(new Uri(page, $"/ui/live?topics=mesh,{topics}".TrimEnd(','))));
    }

    public async ValueTask DisposeAsync()
    {
        await _closed.CancelAsync();
        await _reading;
        _closed.Dispose();
    }

    private async Task ReadAsync(Stream live)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            await using (live)
            {
                int read;
                while ((read = await live.ReadAsync(buffer, _closed.Token)) > 0)
                {
                    Interlocked.Add(ref _bytes, read);
                }
            }
        }
        catch (OperationCanceledException) when (_closed.IsCancellationRequested)
        {
            // The page is closed.
        }
    }
}
