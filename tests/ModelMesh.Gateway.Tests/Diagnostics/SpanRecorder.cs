using System.Collections.Concurrent;
using System.Diagnostics;
using ModelMesh.Gateway.Tests.Fakes;

namespace ModelMesh.Gateway.Tests.Diagnostics;

/// <summary>Keeps the gateway's own spans of one trace, as an exporter would: what others of this process run at the same time is not its.</summary>
internal sealed class SpanRecorder : IDisposable
{
    private readonly ActivityTraceId _trace = ActivityTraceId.CreateRandom();
    private readonly ConcurrentQueue<Activity> _ended = [];
    private readonly ActivityListener _listener;

    public SpanRecorder(ActivitySamplingResult sampling = ActivitySamplingResult.AllDataAndRecorded)
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "Microsoft.AspNetCore" or "ModelMesh.Gateway",
            Sample = (ref ActivityCreationOptions<ActivityContext> options) => options.TraceId == _trace ? sampling : ActivitySamplingResult.None,
            ActivityStopped = activity =>
            {
                if (activity.TraceId == _trace && activity.Source.Name == "ModelMesh.Gateway")
                {
                    _ended.Enqueue(activity);
                }
            },
        };
        ActivitySource.AddActivityListener(_listener);
    }

    /// <summary>In the order in which they ended.</summary>
    public IReadOnlyList<Activity> Spans => [.. _ended];

    /// <summary>Why each attempt was made and what came of it, in the order in which they were made.</summary>
    public IReadOnlyList<string> Attempts => [.. Spans.Where(span => span.DisplayName == "attempt").OrderBy(span => span.GetTagItem("modelmesh.attempt.number")).Select(span => string.Join(
        ' ', ((string[])["number", "kind", "reason"]).Select(tag => span.GetTagItem($"modelmesh.attempt.{tag}")).Append(span.GetTagItem("modelmesh.outcome")).Where(value => value is not null)))];

    /// <summary>Every word of theirs.</summary>
    public string Text => string.Join('\n', Spans.Select(span => $"{span.DisplayName} {span.StatusDescription} {string.Join(' ', span.TagObjects)} {string.Join(' ', span.Events.SelectMany(happened => happened.Tags))}"));

    public Activity Single(string name) => Spans.Single(span => span.DisplayName == name);

    public async Task<HttpResponseMessage> PostAsync(TestGateway gateway, string path, string body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json") };
        request.Headers.Add("traceparent", $"00-{_trace}-b7ad6b7169203331-01");
        request.Headers.Add("x-request-id", "r-1");
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        return await gateway.Client.SendAsync(request);
    }

    public Task EndedAsync(int spans) => Eventually.HoldsAsync(() => Spans.Count == spans, $"{spans} spans have ended");

    public void Dispose() => _listener.Dispose();
}
