using System.Runtime.CompilerServices;
using ModelMesh.Backends.Sdk;
using ModelMesh.Backends.Wire.Streaming;

namespace ModelMesh.Backends.Tgi.Streaming;

/// <summary>Reads the events of a generation, whichever way the server sent it.</summary>
internal static class GenerateEvents
{
    /// <exception cref="BackendException">It is no answer; or, while enumerating, it was cut or an event is too long.</exception>
    public static IAsyncEnumerable<GenerateLine> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken) => AnswerFormats.Of(response) switch
    {
        AnswerFormat.Json or AnswerFormat.JsonLines => ReadWholeAsync(response, cancellationToken),
        AnswerFormat.EventStream or AnswerFormat.Unsaid => ReadEventsAsync(response, cancellationToken),
        _ => throw AnswerFormats.Unexpected(response),
    };

    private static async IAsyncEnumerable<GenerateLine> ReadEventsAsync(HttpResponseMessage response, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var events = await SseEvents.OpenAsync(response, static (_, data) => GenerateLine.Read(data), cancellationToken);
        await foreach (var item in events.WithCancellation(cancellationToken))
        {
            yield return item.Data;
        }
    }

    private static async IAsyncEnumerable<GenerateLine> ReadWholeAsync(HttpResponseMessage response, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        await using (var stream = await UpstreamStream.OpenAsync(response, new LengthLimit(EventLimit.Default), cancellationToken))
        {
            await stream.CopyToAsync(body, cancellationToken);
        }

        yield return GenerateLine.Read(body.GetBuffer().AsSpan(0, (int)body.Length));
    }
}
