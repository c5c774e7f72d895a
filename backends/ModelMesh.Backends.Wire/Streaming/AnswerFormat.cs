using ModelMesh.Backends.Sdk;

namespace ModelMesh.Backends.Wire.Streaming;

/// <summary>What a body says it is.</summary>
public enum AnswerFormat
{
    /// <summary>Nothing: there is no <c>Content-Type</c>. It counts as what was asked for.</summary>
    Unsaid,

    /// <summary><c>text/event-stream</c>.</summary>
    EventStream,

    /// <summary><c>application/x-ndjson</c> and its like.</summary>
    JsonLines,

    /// <summary><c>application/json</c> and its like.</summary>
    Json,

    /// <summary>Anything else, as a page.</summary>
    Other,
}

/// <summary>Tells how to read an answer.</summary>
public static class AnswerFormats
{
    /// <summary>What a response's body says it is.</summary>
    public static AnswerFormat Of(HttpResponseMessage response) => Of(response.Content.Headers.ContentType?.MediaType);

    /// <summary>What a body of a media type is.</summary>
    public static AnswerFormat Of(string? mediaType) => mediaType?.ToLowerInvariant() switch
    {
        null => AnswerFormat.Unsaid,
        "text/event-stream" => AnswerFormat.EventStream,
        "application/x-ndjson" or "application/ndjson" or "application/jsonl" or "application/x-jsonlines" or "application/jsonlines" => AnswerFormat.JsonLines,
        "application/json" => AnswerFormat.Json,
        var other => other.EndsWith("+json", StringComparison.Ordinal) ? AnswerFormat.Json : AnswerFormat.Other,
    };

    /// <summary>The failure of an answer in a format that no answer has.</summary>
    public static BackendException Unexpected(HttpResponseMessage response) => new(
        BackendErrorKind.Protocol,
        $"The upstream answered with {Http.Redaction.Clean(response.Content.Headers.ContentType?.MediaType ?? "no content type", secret: null)}, which is no answer of a model's.");
}
