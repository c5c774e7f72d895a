using System.Diagnostics;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Errors;
using ModelMesh.Contracts.Traffic;
using ModelMesh.Contracts.V1;
using ModelMesh.Registry.Inference;
using ModelMesh.Registry.Queue;
using ModelMesh.Registry.Requests;
using ModelMesh.Registry.Rollouts;
using ModelMesh.Registry.Tests.Fakes;
using ModelMesh.Registry.Tests.Inference;
using ModelMesh.ServiceDefaults.Traffic;
using Xunit;

namespace ModelMesh.Registry.Tests.Telemetry;

[Collection(SpanRecorder.Collection)]
public sealed class RequestSpanTests
{
    [Fact]
    public async Task Infer_OfABackendWithoutHttp_HasASpanOfTheRequestAndOneOfTheCallAndNoWordOfEither()
    {
        using var spans = new SpanRecorder();
        await using var registry = await TestRegistry.StartAsync();
        var model = registry.Put(TestModel.Mock("""{"text":"the-answer of it"}""", name: "spans"));
        using var call = spans.Infer(registry.Client, SpanRecorder.Request("spans", "the-question"));
        await call.CompletedAsync();
        await Eventually.HoldsAsync(() => spans.Spans.Count == 2, "both have ended");

        var (request, backend) = (spans.Single("infer spans"), spans.Single("call mock"));
        Assert.Equal(request.SpanId, backend.ParentSpanId);
        Assert.Equal(("r-1", model.Revision, "completed"), (request.GetTagItem("modelmesh.request_id"), request.GetTagItem("modelmesh.revision"), request.GetTagItem("modelmesh.outcome")));
        Assert.Equal((ActivityKind.Client, 1, "answered"), (backend.Kind, backend.GetTagItem("modelmesh.attempt.number"), backend.GetTagItem("modelmesh.outcome")));
        Assert.Equal("first_token", Assert.Single(backend.Events).Name);
        Assert.Equal((ActivityStatusCode.Unset, null), (request.Status, request.GetTagItem("error.type")));
        Assert.DoesNotContain("the-", spans.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Infer_WhoseCallFails_ShowsEachCallWithItsNumberAndWhatTheOneBeforeFailedOf()
    {
        using var spans = new SpanRecorder();
        await using var registry = await TestRegistry.StartAsync();
        registry.Put(TestModel.Mock("""{"fail_before_first_token":true,"error_kind":"unavailable"}""", name: "repeats") with
        {
            Resilience = new ModelResilience { MaxRetries = 1, BackoffMs = 0, MaxBackoffMs = 0 },
        });
        using var call = spans.Infer(registry.Client, SpanRecorder.Request("repeats"));
        await call.FailedAsync();
        await Eventually.HoldsAsync(() => spans.Spans.Count == 3, "all have ended");

        var calls = spans.Spans.Where(span => span.DisplayName == "call mock").ToList();
        Assert.Equal([(1, null), (2, "Unavailable")], calls.Select(span => ((int?)span.GetTagItem("modelmesh.attempt.number"), (string?)span.GetTagItem("modelmesh.attempt.reason"))));
        Assert.All(calls, span => Assert.Equal((ActivityStatusCode.Error, "Unavailable", "failed"), (span.Status, span.GetTagItem("error.type"), span.GetTagItem("modelmesh.outcome"))));
        var request = spans.Single("infer repeats");
        Assert.Equal((ActivityStatusCode.Error, "backend_unavailable"), (request.Status, request.GetTagItem("error.type")));
    }

    [Fact]
    public async Task Infer_ThatAnOperatorEnds_IsNoFailureOfTheCall()
    {
        using var spans = new SpanRecorder();
        await using var registry = await TestRegistry.StartAsync();
        registry.Put(TestModel.Mock("""{"hang":true}""", name: "ended"));
        using var call = spans.Infer(registry.Client, SpanRecorder.Request("ended"));
        await Eventually.HoldsAsync(() => registry.Requests.Open.Any(request => request.State == RequestStates.Waiting), "it has a slot");

        registry.Requests.Open.Single().Cancel();

        Assert.Equal(ErrorCode.Cancelled, (await call.FailedAsync()).Code);
        await Eventually.HoldsAsync(() => spans.Spans.Count == 2, "both have ended");
        var backend = spans.Single("call mock");
        Assert.Equal(("cancelled", null, ActivityStatusCode.Unset), (backend.GetTagItem("modelmesh.outcome"), backend.GetTagItem("error.type"), backend.Status));
        Assert.Equal("cancelled", spans.Single("infer ended").GetTagItem("modelmesh.outcome"));
    }

    [Fact]
    public async Task Infer_ThatTheUpstreamRefusesQuotingIt_TellsTheCallerAndNotTheTrace()
    {
        using var spans = new SpanRecorder();
        await using var registry = await TestRegistry.StartAsync(("Backends:leaky:ApiKey", "quoted-by-the-upstream"));
        registry.Folders.Drop(PluginFolders.TestPlugin("Leaky"), "Leaky");
        await Eventually.HoldsAsync(() => registry.Plugins.Find("leaky") is not null, "the plugin is loaded");
        registry.Put(TestModel.Of("leaky", name: "quotes"));
        using var call = spans.Infer(registry.Client, SpanRecorder.Request("quotes", "invalid"));

        Assert.Contains("the upstream does not like", (await call.FailedAsync()).Message, StringComparison.Ordinal);
        await Eventually.HoldsAsync(() => spans.Spans.Count == 2, "both have ended");
        Assert.Equal("invalid_request", spans.Single("infer quotes").GetTagItem("error.type"));
        Assert.DoesNotContain("does not like", spans.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Infer_OfAModelThatIsNotRegistered_NamesNoSpanByIt()
    {
        using var spans = new SpanRecorder();
        await using var registry = await TestRegistry.StartAsync();
        using var call = spans.Infer(registry.Client, SpanRecorder.Request("whatever-a-caller-says"));
        await call.FailedAsync();
        await Eventually.HoldsAsync(() => spans.Spans.Count == 1, "it has ended");

        Assert.Equal("model_not_found", spans.Single("infer").GetTagItem("modelmesh.outcome"));
    }

    [Fact]
    public async Task Embed_HasTheSameSpans_AndAShadowIsMarked()
    {
        using var spans = new SpanRecorder();
        await using var registry = await TestRegistry.StartAsync();
        registry.Put(TestModel.Mock(name: "others"));
        await spans.EmbedAsync(registry.Client, new EmbedRequest { RequestId = "r", Model = "others", Version = "v1", Inputs = { "text" } });
        var copy = SpanRecorder.Request("others");
        copy.Shadow = true;
        using var call = spans.Infer(registry.Client, copy);
        await call.CompletedAsync();
        await Eventually.HoldsAsync(() => spans.Spans.Count == 4, "all have ended");

        Assert.Null(spans.Single("embed others").GetTagItem("modelmesh.shadow"));
        Assert.Equal(true, spans.Single("infer others").GetTagItem("modelmesh.shadow"));
    }

    [Fact]
    public void WaitForASlot_IsASpanBelowTheRequests_WithHowItEnded()
    {
        using var spans = new SpanRecorder();
        using var parent = spans.Parent();
        var id = new ModelId("waits", "v1");
        QueueTelemetry.Ended(id, QueueTelemetry.Began(id), TimeSpan.FromSeconds(1), "admitted");

        var wait = spans.Single("queue");
        Assert.Equal((parent.SpanId, "admitted"), (wait.ParentSpanId, wait.GetTagItem("modelmesh.outcome")));
    }

    [Fact]
    public async Task Infer_OfATraceThatIsNotSampled_PassesItOnAndWritesNothingOnIt()
    {
        using var spans = new SpanRecorder(ActivitySamplingResult.PropagationData);
        await using var registry = await TestRegistry.StartAsync();
        registry.Put(TestModel.Mock(name: "unsampled"));
        using var call = spans.Infer(registry.Client, SpanRecorder.Request("unsampled"));
        await call.CompletedAsync();
        await Eventually.HoldsAsync(() => spans.Spans.Count == 2, "both have ended");

        Assert.All(spans.Spans, span => Assert.Empty(span.TagObjects));
        Assert.All(spans.Spans, span => Assert.Empty(span.Events));
    }

    [Fact]
    public void Source_WhereNobodyListens_MakesNoSpan() => Assert.Null(RegistryActivities.Source.StartActivity("infer"));

    [Theory]
    [InlineData("v1", "running", "from")]
    [InlineData("v2", "running", "to")]
    [InlineData("v3", "running", null)]
    [InlineData("v2", "completed", null)]
    public void Version_InARollout_HasItsSideWhileThatIsActive(string version, string status, string? side)
    {
        var rollout = new Rollout { Model = "chat", From = "v1", To = "v2", Strategy = RolloutStrategies.Canary, Status = status, Step = 3, RequestId = "x" };
        var traffic = TrafficSnapshot.Create([new(new TrafficId(TrafficKinds.Rollout, "chat"), rollout)]);

        var place = RolloutPlace.Of(traffic, new ModelId("chat", version));

        Assert.Equal((side, side is null ? (int?)null : 3), (place?.Side, place?.Step));
    }
}
