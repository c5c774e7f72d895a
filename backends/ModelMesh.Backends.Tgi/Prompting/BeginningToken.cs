using ModelMesh.Backends.Sdk;
using ModelMesh.Backends.Wire.Http;

namespace ModelMesh.Backends.Tgi.Prompting;

/// <summary>
/// The token that the server puts before every prompt of <c>/generate_stream</c>. Many chat templates write it, too, and twice it makes answers
/// worse, so one that begins a templated text is taken off. Asked for once (<c>POST /tokenize</c>). Thread-safe.
/// </summary>
internal sealed class BeginningToken(TgiSettings settings, UpstreamHttp http)
{
    private readonly Lock _lock = new();
    private bool _known;
    private long? _id;

    /// <summary>Its number in the vocabulary; null where the server adds none, or does not tell.</summary>
    public async Task<long?> IdAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_known)
            {
                return _id;
            }
        }

        var id = await AskAsync(cancellationToken);
        lock (_lock)
        {
            _known = true;
            return _id = id;
        }
    }

    private async Task<long?> AskAsync(CancellationToken cancellationToken)
    {
        using var body = new JsonBody();
        body.Writer.WriteStartObject();
        body.Writer.WriteString("inputs", "a");
        body.Writer.WriteEndObject();
        try
        {
            var tokens = await http.PostAsync(settings.Api("tokenize"), body, TgiJson.Default.IReadOnlyListPromptToken, requestId: null, cancellationToken);
            return tokens is [{ Start: 0, Stop: 0 } first, _, ..] ? first.Id : null;
        }
        catch (BackendException exception) when (exception.Kind == BackendErrorKind.NotFound)
        {
            return null;
        }
    }
}
