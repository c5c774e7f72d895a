using ModelMesh.Backends.Wire.Streaming;

namespace ModelMesh.Backends.Ollama.Streaming;

/// <summary>Reads the lines of an answer, whichever way the server sent it.</summary>
internal static class ChatLines
{
    /// <exception cref="Sdk.BackendException">It is no answer; or, while enumerating, it was cut or a line is too long.</exception>
    public static IAsyncEnumerable<ChatLine> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken) => AnswerFormats.Of(response) switch
    {
        AnswerFormat.Other => throw AnswerFormats.Unexpected(response),
        AnswerFormat.Json => JsonLines.ReadAsync(response, new WholeAnswer().Read, cancellationToken),
        _ => JsonLines.ReadAsync(response, ChatLine.Read, cancellationToken),
    };
}
