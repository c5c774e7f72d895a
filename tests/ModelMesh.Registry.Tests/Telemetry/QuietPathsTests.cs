using System.Diagnostics;
using ModelMesh.ServiceDefaults.Telemetry;
using Xunit;

namespace ModelMesh.Registry.Tests.Telemetry;

[Collection(SpanRecorder.Collection)]
public sealed class QuietPathsTests
{
    private static readonly ActivityContext Request = new(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded);

    [Theory]
    [InlineData("Microsoft.AspNetCore", "url.path", "/infer", true)]
    [InlineData("Microsoft.AspNetCore", "url.path", "/Health", false)]
    [InlineData("Microsoft.AspNetCore", "url.path", "/metrics/targets", false)]
    [InlineData("Microsoft.AspNetCore", "url.path", "/modelmesh.v1.Requests/List", false)]
    [InlineData("Grpc.Net.Client", "grpc.method", "/modelmesh.v1.Requests/List", false)]
    [InlineData("Grpc.Net.Client", "grpc.method", "/modelmesh.v1.Requests/Cancel", true)]
    [InlineData("System.Net.Http", "url.full", "http://10.0.0.1:9090/modelmesh.v1.Requests/List", false)]
    [InlineData("System.Net.Http", "url.full", "http://10.0.0.1:8000/v1/chat/completions", true)]
    public void Span_OfARequest_IsExportedUnlessItsPathIsQuiet(string source, string tag, string value, bool isExported) =>
        Assert.Equal(isExported, IsExported(source, tag, value, Request));

    [Fact]
    public void Span_OfHttpThatBelongsToNoRequest_IsNotExported() =>
        Assert.False(IsExported("System.Net.Http", "url.full", "http://10.0.0.1:8000/v1/models", parent: default));

    private static bool IsExported(string source, string tag, string value, ActivityContext parent)
    {
        using var own = new ActivitySource(source);
        using var listener = new ActivityListener
        {
            ShouldListenTo = other => ReferenceEquals(other, own),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(listener);
        using var quiet = new QuietPaths();
        using var span = own.StartActivity("span", ActivityKind.Internal, parent)!;
        span.SetTag(tag, value);
        Assert.True(span.Recorded, "it is recorded before");

        quiet.OnEnd(span);

        return span.Recorded;
    }
}
