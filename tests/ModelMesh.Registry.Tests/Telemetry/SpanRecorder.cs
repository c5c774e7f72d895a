using System.Collections.Concurrent;
using System.Diagnostics;
using Grpc.Core;
using ModelMesh.Contracts.V1;
using ModelMesh.Registry.Tests.Inference;

namespace ModelMesh.Registry.Tests.Telemetry;

/// <summary>Keeps the spans of one trace, as an exporter would: what others of this process run at the same time is not its.</summary>
internal sealed class SpanRecorder : IDisposable
{
    /// <summary>Of tests that listen: whether nobody does is one of them.</summary>
    public const string Collection = "spans";

    private readonly ActivityTraceId _trace = ActivityTraceId.CreateRandom();
    private readonly ConcurrentQueue<Activity> _ended = [];
    private readonly ActivityListener _listener;

    public SpanRecorder(ActivitySamplingResult sampling = ActivitySamplingResult.AllDataAndRecorded)
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "Microsoft.AspNetCore" or "ModelMesh.Registry",
            Sample = (ref ActivityCreationOptions<ActivityContext> options) => options.TraceId == _trace ? sampling : ActivitySamplingResult.None,
            ActivityStopped = activity =>
            {
                if (activity.TraceId == _trace && activity.Source.Name == "ModelMesh.Registry")
                {
                    _ended.Enqueue(activity);
                }
            },
        };
        ActivitySource.AddActivityListener(_listener);
    }

    /// <summary>In the order in which they ended.</summary>
    public IReadOnlyList<Activity> Spans => [.. _ended];

    /// <summary>Every word of theirs.</summary>
    public string Text => string.Join('\n', Spans.Select(span => $"{span.DisplayName} {span.StatusDescription} {Join(span.TagObjects)} {Join(span.Events.SelectMany(happened => happened.Tags))}"));

    public Activity Single(string name) => Spans.Single(span => span.DisplayName == name);

    public InferCall Infer(Contracts.V1.Inference.InferenceClient client, InferRequest request) => new(client.Infer(request, Headers()));

    public Task<EmbedResponse> EmbedAsync(Contracts.V1.Inference.InferenceClient client, EmbedRequest request) => client.EmbedAsync(request, Headers()).ResponseAsync;

    public static InferRequest Request(string model, string input = "hello world") =>
        new() { RequestId = "r-1", Model = model, Version = "v1", Messages = { new ChatMessage { Role = "user", Content = input } } };

    /// <summary>A span of the trace that is another's; what is begun before it is disposed is below it.</summary>
    public Activity Parent() => new Activity("parent").SetParentId(_trace, ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded).Start();

    public void Dispose() => _listener.Dispose();

    private Metadata Headers() => new() { { "traceparent", $"00-{_trace}-b7ad6b7169203331-01" } };

    private static string Join(IEnumerable<KeyValuePair<string, object?>> tags) =>
        string.Join(' ', tags.Select(tag => $"{tag.Key}={(tag.Value is IEnumerable<string> values ? string.Join(',', values) : tag.Value)}"));
}
