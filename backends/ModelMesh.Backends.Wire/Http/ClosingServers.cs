using System.Collections.Concurrent;
using System.Net.Http.Headers;

namespace ModelMesh.Backends.Wire.Http;

/// <summary>
/// The servers that close a connection after a streamed answer though they announce to keep it, as those on cpp-httplib do (llama.cpp's, Lemonade): a request that
/// is sent on it in that moment is lost. Found out from their first streamed answer. Thread-safe.
/// </summary>
internal sealed class ClosingServers
{
    private readonly ConcurrentDictionary<(string Host, int Port), bool> _servers = new();

    public bool Holds(Uri uri) => !_servers.IsEmpty && _servers.ContainsKey(Key(uri));

    public void Look(Uri uri, HttpResponseHeaders headers)
    {
        if (AreOfCppHttplib(headers))
        {
            _servers.TryAdd(Key(uri), true);
        }
    }

    // "Keep-Alive: timeout=5, max=100" on a streamed answer; another server that names a maximum loses no more than the reuse of connections.
    private static bool AreOfCppHttplib(HttpResponseHeaders headers) =>
        headers.TransferEncodingChunked == true
        && headers.TryGetValues("Keep-Alive", out var values)
        && values.Any(value => value.Contains("max=", StringComparison.Ordinal));

    private static (string Host, int Port) Key(Uri uri) => (uri.IdnHost, uri.Port);
}
