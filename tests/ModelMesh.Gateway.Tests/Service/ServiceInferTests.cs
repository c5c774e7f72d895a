using System.Diagnostics;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Tests.Fakes;
using ModelMesh.Gateway.Tests.OpenAI;

namespace ModelMesh.Gateway.Tests.Service;

public sealed partial class ServiceInferTests
{
    [Theory]
    [InlineData("""{"model":"chat@v1","prompt":"hi"}""")]
    [InlineData("""{"model":"chat","version":"v1","input":"hi"}""")]
    [InlineData("""{"model":"chat","messages":[{"role":"user","content":"hi"}]}""")]
    public async Task Infer_IsAWholeAnswer(string body)
    {
        await using var registry = await FakeRegistry.StartAsync();
        await using var gateway = await TestGateway.StartAsync(registry);

        var text = await gateway.TextAsync("/v1/infer", body);

        Assert.Equal(
            """{"text":"Hello world","tokens":2,"latency":0,"usage":{"input_tokens":3,"output_tokens":2,"total_tokens":5},"finish_reason":"stop","model":"chat","version":"v1","revision":1}""",
            Latency().Replace(text, "\"latency\":0"));
        using var answer = JsonDocument.Parse(text);
        Assert.InRange(answer.RootElement.GetProperty("latency").GetDouble(), 0.000_001, 30);
        Assert.True(registry.Calls.TryDequeue(out var call));
        Assert.Equal(("hi", false), (call.Request.Messages[0].Content, call.Request.Lenient));
    }

    [Fact]
    public async Task Infer_Latency_IsTheWholeTimeAndNotTheLastPart()
    {
        await using var registry = await FakeRegistry.StartAsync();
        var worked = TimeSpan.Zero;
        registry.Behave = async call =>
        {
            var began = Stopwatch.GetTimestamp();
            await call.AcceptAsync();
            await Eventually.HoldsAsync(() => Stopwatch.GetElapsedTime(began) > TimeSpan.FromMilliseconds(100), "the answer took a while");
            await call.TokensAsync("a");
            worked = Stopwatch.GetElapsedTime(began);
            await call.CompleteAsync(1);
        };
        await using var gateway = await TestGateway.StartAsync(registry);

        using var answer = JsonDocument.Parse(await gateway.TextAsync("/v1/infer", """{"model":"chat","prompt":"hi"}"""));
        Assert.InRange(answer.RootElement.GetProperty("latency").GetDouble(), worked.TotalSeconds, 30);
    }

    [Fact]
    public async Task Infer_WhatIsMoreThanText_HasFieldsOfItsOwn()
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = async call =>
        {
            await call.AcceptAsync();
            await call.SendAsync(new Deltas
            {
                Items =
                {
                    new Delta { Reasoning = "why" },
                    new Delta { Text = "a", Logprobs = { new TokenLogprob { Token = "a", Logprob = -1 } } },
                    new Delta { ToolCall = new ToolCallDelta { Name = "f", Arguments = "{}" } },
                    new Delta { Choice = 1, Refusal = "no" },
                },
            });
            await call.CompleteAsync(new Completed { FinishReason = "tool_calls", FinishReasons = { "tool_calls", "stop" }, SkippedChunks = 1 });
        };
        await using var gateway = await TestGateway.StartAsync(registry);

        const string First = """
            "reasoning":"why","tool_calls":[{"id":"call_r-1_0_0","type":"function","function":{"name":"f","arguments":"{}"}}],"logprobs":[{"token":"a","logprob":-1}]
            """;
        Assert.Equal(
            """{"text":"a","tokens":0,"latency":0,"usage":{"input_tokens":0,"output_tokens":0,"total_tokens":0},"finish_reason":"tool_calls","model":"chat","version":"v1","revision":1,"""
            + First + ""","choices":[{"text":"a","finish_reason":"tool_calls",""" + First + """},{"text":"","finish_reason":"stop","refusal":"no"}],"skipped_chunks":1}""",
            Latency().Replace(await gateway.TextAsync("/v1/infer", """{"model":"chat","prompt":"hi","n":2}"""), "\"latency\":0"));
    }

    [Theory]
    [InlineData("""{"model":"chat","prompt":"a","input":"b"}""", "")]
    [InlineData("""{"model":"chat"}""", "")]
    [InlineData("""{"model":"chat","prompt":7,"stream":true}""", "prompt | stream")]
    public async Task Infer_BadBody_NamesEveryFaultInTheMeshsOwnShape(string body, string fields)
    {
        await using var gateway = await TestGateway.StartAsync();
        foreach (var path in (string[])["/v1/infer", "/v1/stream_infer"])
        {
            using var response = await gateway.PostAsync(path, body);
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            Assert.Equal(fields, await ApiCalls.FaultsAsync(response));
            Assert.Contains("\"type\":\"client_error\"", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task StreamInfer_IsTheEventsOfInfer()
    {
        await using var registry = await FakeRegistry.StartAsync();
        await using var gateway = await TestGateway.StartAsync(registry);

        Assert.Equal(
            await gateway.TextAsync("/infer", """{"model":"chat","input":"hi"}"""),
            await gateway.TextAsync("/v1/stream_infer", """{"model":"chat@v1","prompt":"hi"}"""));
    }

    [GeneratedRegex("\"latency\":[0-9.E-]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Latency();
}
