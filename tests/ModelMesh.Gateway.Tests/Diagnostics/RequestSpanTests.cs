using System.Diagnostics;
using ModelMesh.Contracts.Errors;
using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Tests.Failover;
using ModelMesh.Gateway.Tests.Fakes;
using ModelMesh.Gateway.Tests.Shadows;

namespace ModelMesh.Gateway.Tests.Diagnostics;

public sealed class RequestSpanTests
{
    private const string Plain = """{"model":"chat","input":"what-nobody-else-asks"}""";

    [Fact]
    public async Task Infer_HasTheConventionsSpan_WithWhatWasAskedAndWhatCame()
    {
        using var spans = new SpanRecorder();
        await using var registry = await FakeRegistry.StartAsync();
        await using var gateway = await TestGateway.StartAsync(registry);

        using var response = await spans.PostAsync(gateway, "/infer", """{"model":"chat","input":"what-nobody-else-asks","temperature":0.5,"max_tokens":9,"stop":["a-stop"]}""");
        await spans.EndedAsync(2);

        var span = spans.Single("chat chat");
        Assert.Equal((ActivityKind.Client, ActivityStatusCode.Unset), (span.Kind, span.Status));
        Assert.Equal(
            [
                "gen_ai.operation.name=chat", "gen_ai.provider.name=mock", "gen_ai.request.max_tokens=9", "gen_ai.request.model=chat", "gen_ai.request.stream=True", "gen_ai.request.temperature=0.5",
                "gen_ai.response.finish_reasons=stop", "gen_ai.response.id=r-1", "gen_ai.response.model=chat", "gen_ai.usage.input_tokens=3", "gen_ai.usage.output_tokens=2",
                "modelmesh.api=infer", "modelmesh.attempts=1", "modelmesh.instance=registry-1", "modelmesh.model=chat", "modelmesh.outcome=ok", "modelmesh.request_id=r-1", "modelmesh.revision=1", "modelmesh.version=v1",
            ],
            span.TagObjects.Where(tag => tag.Key is not ("gen_ai.response.time_to_first_chunk" or "modelmesh.overhead"))
                .Select(tag => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{tag.Key}={(tag.Value is string[] values ? string.Join(',', values) : tag.Value)}")).Order(StringComparer.Ordinal));
        Assert.InRange((double)span.GetTagItem("gen_ai.response.time_to_first_chunk")!, 0, double.MaxValue);
        Assert.Equal("first_token", Assert.Single(span.Events).Name);
        Assert.Equal(span.SpanId, spans.Single("attempt").ParentSpanId);
        Assert.Contains(spans.Single("attempt").TraceId.ToString(), Assert.Single(registry.Calls).Headers.GetValue("traceparent"), StringComparison.Ordinal);
        Assert.DoesNotContain("nobody", spans.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("a-stop", spans.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/v1/completions", """{"model":"chat","prompt":"hi"}""", "text_completion chat")]
    [InlineData("/v1/chat/completions", """{"model":"chat","messages":[{"role":"user","content":"hi"}]}""", "chat chat")]
    public async Task WholeAnswer_HasTheSameSpan_AndIsNoStream(string path, string body, string name)
    {
        using var spans = new SpanRecorder();
        await using var registry = await FakeRegistry.StartAsync();
        await using var gateway = await TestGateway.StartAsync(registry);

        using var response = await spans.PostAsync(gateway, path, body);
        await spans.EndedAsync(2);

        var span = spans.Single(name);
        Assert.Equal((null, 2L), (span.GetTagItem("gen_ai.request.stream"), span.GetTagItem("gen_ai.usage.output_tokens")));
    }

    [Fact]
    public async Task Embeddings_HaveASpanOfTheirOwnKind()
    {
        using var spans = new SpanRecorder();
        await using var registry = await FakeRegistry.StartAsync();
        registry.Embed = _ => new EmbedResponse
        {
            Accepted = new Accepted { Model = "chat", Version = "v1", Revision = 1, Instance = "registry-1" },
            Embeddings = { new Embedding { Values = { 1 } } },
            Usage = new Usage { InputTokens = 4, TotalTokens = 4 },
        };
        await using var gateway = await TestGateway.StartAsync(registry);

        using var response = await spans.PostAsync(gateway, "/embed", """{"model":"chat","input":"hi"}""");
        await spans.EndedAsync(2);

        Assert.Equal(4L, spans.Single("embeddings chat").GetTagItem("gen_ai.usage.input_tokens"));
        Assert.Equal(["1 first ok"], spans.Attempts);
    }

    [Fact]
    public async Task RequestThatFails_SaysWhatOfAndNotMore()
    {
        using var spans = new SpanRecorder();
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = _ => throw Backup.Error(ErrorCode.CapacityExceeded, "what-nobody-says");
        await using var gateway = await TestGateway.StartAsync(registry);

        using var response = await spans.PostAsync(gateway, "/infer", Plain);
        await spans.EndedAsync(2);

        Assert.All(spans.Spans, span => Assert.Equal((ActivityStatusCode.Error, "capacity_exceeded"), (span.Status, span.GetTagItem("error.type"))));
        Assert.DoesNotContain("nobody", spans.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ModelThatIsNotRegistered_IsOnTheSpanAndNotItsName()
    {
        using var spans = new SpanRecorder();
        await using var gateway = await TestGateway.StartAsync();

        using var response = await spans.PostAsync(gateway, "/infer", """{"model":"whatever","input":"hi"}""");
        await spans.EndedAsync(1);

        Assert.Equal(("model_not_found", "whatever"), (spans.Single("chat").GetTagItem("error.type"), spans.Single("chat").GetTagItem("gen_ai.request.model")));
    }

    [Fact]
    public async Task FallbackAfterAFailure_IsTwoAttempts_TheSecondWithTheReason()
    {
        using var spans = new SpanRecorder();
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = Backup.ChatFails(ErrorCode.BackendUnavailable);
        await using var gateway = await TestGateway.StartAsync(Backup.Catalog(), [], registry);

        using var response = await spans.PostAsync(gateway, "/infer", Plain);
        await spans.EndedAsync(3);

        Assert.Equal(["1 first backend_unavailable", "2 version backend_unavailable ok"], spans.Attempts);
        var span = spans.Spans.Single(span => span.DisplayName != "attempt");
        Assert.Equal((true, "chat", "backup"), (span.GetTagItem("modelmesh.fallback"), span.GetTagItem("gen_ai.request.model"), span.GetTagItem("gen_ai.response.model")));
    }

    [Fact]
    public async Task HedgedRequest_ShowsBothAttempts_AndThatTheLoserWasCancelled()
    {
        using var spans = new SpanRecorder();
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = Backup.ChatFails(async call =>
        {
            await call.AcceptAsync();
            await call.HangAsync();
        });
        await using var gateway = await TestGateway.StartAsync(Backup.Catalog(), [], registry);

        using var response = await spans.PostAsync(gateway, "/infer", Plain, ("x-modelmesh-hedge", "30"));
        await spans.EndedAsync(3);

        Assert.Equal(["1 first cancelled", "2 hedge ok"], spans.Attempts);
    }

    [Fact]
    public async Task ContinuedStream_ShowsTheAttemptThatBrokeAndTheOneThatWentOn()
    {
        using var spans = new SpanRecorder();
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = async call =>
        {
            if (registry.Calls.Count > 1)
            {
                await call.AnswerAsync("lo");
                return;
            }

            await call.AcceptAsync();
            await call.TokensAsync("Hel");
            throw Backup.Error(ErrorCode.BackendError);
        };
        await using var gateway = await TestGateway.StartAsync(registry);

        using var response = await spans.PostAsync(gateway, "/infer", Plain, ("x-modelmesh-continue", "prefill"));
        await spans.EndedAsync(3);

        Assert.Equal(["1 first backend_error", "2 continuation backend_error ok"], spans.Attempts);
    }

    [Fact]
    public async Task CopyForAShadow_IsInTheTrace_AndMarked()
    {
        using var spans = new SpanRecorder();
        await using var mesh = await ShadowedGateway.StartAsync();

        using var response = await spans.PostAsync(mesh.Gateway, "/infer", ShadowedGateway.Body);
        await spans.EndedAsync(3);

        Assert.Equal(["v1 ", "s True"], spans.Spans.Where(span => span.DisplayName == "attempt")
            .Select(span => $"{span.GetTagItem("modelmesh.version")} {span.GetTagItem("modelmesh.shadow")}").OrderDescending(StringComparer.Ordinal));
    }

    [Fact]
    public async Task KeptAnswers_AreToldOnTheSpan()
    {
        using var spans = new SpanRecorder();
        await using var registry = await FakeRegistry.StartAsync();
        await using var gateway = await TestGateway.StartAsync(registry);

        using var made = await spans.PostAsync(gateway, "/infer", """{"model":"chat","input":"hi","temperature":0}""", ("x-modelmesh-cache", "on"));
        await Eventually.HoldsAsync(() => gateway.KeptAnswers.Kept.Count == 1, "the answer is kept");
        using var kept = await spans.PostAsync(gateway, "/infer", """{"model":"chat","input":"hi","temperature":0}""", ("x-modelmesh-cache", "on"));
        await spans.EndedAsync(3);

        Assert.Equal(["miss", "hit"], spans.Spans.Where(span => span.DisplayName == "chat chat").Select(span => span.GetTagItem("modelmesh.cache")));
    }

    [Fact]
    public async Task TraceThatIsNotSampled_IsPassedOn_AndNothingIsWrittenOnIt()
    {
        using var spans = new SpanRecorder(ActivitySamplingResult.PropagationData);
        await using var registry = await FakeRegistry.StartAsync();
        await using var gateway = await TestGateway.StartAsync(registry);

        using var response = await spans.PostAsync(gateway, "/infer", Plain);
        await spans.EndedAsync(2);

        Assert.All(spans.Spans, span => Assert.Empty(span.Events));
        Assert.DoesNotContain("modelmesh.outcome", spans.Text, StringComparison.Ordinal);
        Assert.Contains(spans.Spans[0].TraceId.ToString(), Assert.Single(registry.Calls).Headers.GetValue("traceparent"), StringComparison.Ordinal);
    }
}
