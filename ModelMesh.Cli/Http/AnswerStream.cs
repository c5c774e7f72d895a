using System.Text.Json;
using ModelMesh.Cli.Running;

namespace ModelMesh.Cli.Http;

/// <summary>A streamed answer, with the events of <c>/infer</c>. Read once, by one reader.</summary>
internal sealed class AnswerStream(HttpResponseMessage response) : IDisposable
{
    /// <summary>What serves it, <c>name@version</c>; null where the response began before that was known.</summary>
    public string? Server => Header("x-modelmesh-model") is { } model ? $"{model}@{Header("x-modelmesh-version")}" : null;

    public string? Instance => Header("x-modelmesh-instance");

    /// <summary>The events as they come.</summary>
    public IAsyncEnumerable<ServerEvent> EventsAsync(CancellationToken cancellationToken) => EventReader.ReadAsync(response, cancellationToken);

    /// <exception cref="CommandFailure">The event is no token's.</exception>
    public static TokenEvent Token(string data) => Read(data, ApiJson.Default.TokenEvent);

    public static DoneEvent Done(string data) => Read(data, ApiJson.Default.DoneEvent);

    /// <summary>What it is that the stream ended without saying how.</summary>
    public static CommandFailure Cut() => new(ExitCodes.Failed, "cut_stream", "The answer is not complete: the stream ended without its done event.");

    public void Dispose() => response.Dispose();

    private static T Read<T>(string data, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(data, type) ?? throw Unreadable();
        }
        catch (JsonException)
        {
            throw Unreadable();
        }
    }

    private static CommandFailure Unreadable() => new(ExitCodes.Failed, "unexpected_answer", "An event of the stream cannot be read.");

    private string? Header(string name) =>
        response.Headers.TryGetValues(name, out var values) ? Uri.UnescapeDataString(values.First()) : null;
}
