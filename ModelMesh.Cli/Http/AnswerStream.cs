using ModelMesh.Cli.Running;

namespace ModelMesh.Cli.Http;

/// <summary>A streamed answer, with the events of <c>/infer</c>. Read once, by one reader.</summary>
internal sealed class AnswerStream(HttpResponseMessage response) : IDisposable
{
    /// <summary>What serves it, <c>name@version</c>; null where the response began before that was known.</summary>
    public string? Server => Header("x-modelmesh-model") is { } model ? $"{model}@{Header("x-modelmesh-version")}" : null;

    /// <summary>The events as they come.</summary>
    public IAsyncEnumerable<ServerEvent> EventsAsync(CancellationToken cancellationToken) => EventReader.ReadAsync(response, cancellationToken);

    /// <summary>What it is that the stream ended without saying how.</summary>
    public static CommandFailure Cut() => new(ExitCodes.Failed, "cut_stream", "The answer is not complete: the stream ended without its done event.");

    public void Dispose() => response.Dispose();

    private string? Header(string name) =>
        response.Headers.TryGetValues(name, out var values) ? Uri.UnescapeDataString(values.First()) : null;
}
