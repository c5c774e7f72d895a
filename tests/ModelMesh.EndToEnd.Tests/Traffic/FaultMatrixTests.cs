using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ModelMesh.Testing.Backends;
using Xunit;

namespace ModelMesh.EndToEnd.Tests.Traffic;

/// <summary>
/// Every fault that a provider can have, by a real socket through a whole mesh, for a stream and for an answer in one piece: each with its right outcome, and none that
/// makes a client wait for longer than the time-outs say.
/// </summary>
[Collection(SharedMesh.Name)]
public sealed class FaultMatrixTests(SharedMesh shared)
{
    // Two attempts' time-outs and the waits between them would be 7 s; a busy machine gets as much again.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(14);

    private static readonly Dictionary<string, ProviderFault> Faults = new(StringComparer.Ordinal)
    {
        ["500 once"] = new(
            (exchange, number) => number == 1 ? Provider.FailAsync(exchange, 500) : Provider.CompleteAsync(exchange),
            RightOutcome.Complete(2), RightOutcome.Complete(2)),
        ["500 always"] = new(
            (exchange, _) => Provider.FailAsync(exchange, 500),
            RightOutcome.Refused(502, "backend_error", 3), RightOutcome.Refused(502, "backend_error", 3)),
        ["429 with Retry-After"] = new(
            (exchange, number) => number == 1 ? Provider.FailAsync(exchange, 429, "Retry-After: 1") : Provider.CompleteAsync(exchange),
            RightOutcome.Complete(2), RightOutcome.Complete(2)),
        ["429 with a long Retry-After"] = new(
            (exchange, _) => Provider.FailAsync(exchange, 429, "Retry-After: 30"),
            RightOutcome.Refused(429, "rate_limited", 1), RightOutcome.Refused(429, "rate_limited", 1)),
        ["429 without Retry-After"] = new(
            (exchange, number) => number == 1 ? Provider.FailAsync(exchange, 429) : Provider.CompleteAsync(exchange),
            RightOutcome.Complete(2), RightOutcome.Complete(2)),
        ["authentication fails"] = new(
            (exchange, _) => Provider.FailAsync(exchange, 401),
            RightOutcome.Refused(502, "backend_error", 1), RightOutcome.Refused(502, "backend_error", 1)),
        ["silent"] = new(
            (exchange, _) => exchange.ClientClosedAsync(),
            RightOutcome.Refused(504, "timeout", 1), RightOutcome.Refused(504, "timeout", 1)),
        ["slow first token"] = new(
            async (exchange, _) =>
            {
                await Task.Delay(TimeSpan.FromMilliseconds(600), TimeProvider.System);
                await Provider.CompleteAsync(exchange);
            },
            RightOutcome.Complete(1), RightOutcome.Complete(1)),
        ["cut in mid-stream"] = new(
            async (exchange, number) =>
            {
                if (number > 1)
                {
                    await Provider.CompleteAsync(exchange);
                    return;
                }

                await Provider.BeginAsync(exchange);
                exchange.Connection.Close();
            },
            RightOutcome.Broken("backend_error"), RightOutcome.Complete(2)),
        ["stall in mid-stream"] = new(
            async (exchange, number) =>
            {
                if (number > 1)
                {
                    await Provider.CompleteAsync(exchange);
                    return;
                }

                await Provider.BeginAsync(exchange);
                await exchange.ClientClosedAsync();
            },
            RightOutcome.Broken("timeout"), RightOutcome.Complete(2)),
        ["malformed chunk"] = new(
            (exchange, _) => Provider.CompleteAsync(exchange, "stop", "{\"choices\":[{"),
            RightOutcome.Complete(1), RightOutcome.Complete(1)),
        ["empty answer"] = new(
            (exchange, number) => number == 1 ? Provider.EmptyAsync(exchange) : Provider.CompleteAsync(exchange),
            RightOutcome.Complete(2), RightOutcome.Complete(2)),
        ["wrong content type"] = new(
            (exchange, number) => number == 1 ? exchange.AnswerAsync(200, "<html>Welcome</html>", "text/html") : Provider.CompleteAsync(exchange),
            RightOutcome.Complete(2), RightOutcome.Complete(2)),
        ["content filter"] = new(
            (exchange, _) => Provider.CompleteAsync(exchange, "content_filter"),
            RightOutcome.Complete(1), RightOutcome.Complete(1)),
    };

    public static TheoryData<string> Names => [.. Faults.Keys];

    [Theory, MemberData(nameof(Names))]
    public async Task Stream_OfAProviderWithTheFault_EndsAsStatedWithinTheTimeouts(string fault)
    {
        await using var provider = new Provider(Faults[fault].Answer);
        var model = await RegisterAsync($"matrix stream {fault}", provider.Endpoint);

        await using var call = shared.Mesh.Infer(model);
        var outcome = await call.Outcome.WaitAsync(Longest);

        var right = Faults[fault].Stream;
        Assert.Equal((right.Status, right.Code, right.Text ?? ""), (outcome.Status, outcome.ErrorCode, outcome.Text));
        Assert.Equal(right.Code is null, outcome.IsComplete);
        Assert.Equal(right.Asked, provider.Asked);
        await NothingIsHeldAsync(model);
    }

    [Theory, MemberData(nameof(Names))]
    public async Task Whole_OfAProviderWithTheFault_IsCompleteOrAnErrorAsStatedWithinTheTimeouts(string fault)
    {
        await using var provider = new Provider(Faults[fault].Answer);
        var model = await RegisterAsync($"matrix whole {fault}", provider.Endpoint);

        var (status, body) = await WholeAsync(model).WaitAsync(Longest);

        var right = Faults[fault].Whole;
        Assert.Equal((right.Status, right.Code), (status, (string?)body["error"]?["code"]));
        Assert.Equal(right.Text, (string?)body["choices"]?[0]?["message"]?["content"]);
        Assert.Equal(right.Asked, provider.Asked);
        await NothingIsHeldAsync(model);
    }

    [Theory, InlineData("stream"), InlineData("whole")]
    public async Task Answer_RefusedConnection_IsBackendUnavailable(string form)
    {
        using var closed = new ClosedPort();
        var model = await RegisterAsync($"matrix refused {form}", $"{closed.Address}v1");

        Assert.Equal((503, "backend_unavailable", ""), await OutcomeAsync(form, model));
        await NothingIsHeldAsync(model);
    }

    [Theory, InlineData("stream"), InlineData("whole")]
    public async Task Answer_OneOfThreeEndpointsIsDown_EveryRequestIsAnsweredWhole(string form)
    {
        using var closed = new ClosedPort();
        await using var one = Provider.Healthy();
        await using var two = Provider.Healthy();
        var model = await RegisterAsync($"matrix partial {form}", one.Endpoint, $"{closed.Address}v1", two.Endpoint);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => OutcomeAsync(form, model)));

        Assert.All(outcomes, outcome => Assert.Equal((200, null, Provider.Answer), outcome));
        Assert.True(one.Asked > 0 && two.Asked > 0, $"asked {one.Asked} and {two.Asked} times");
        await NothingIsHeldAsync(model);
    }

    [Fact]
    public async Task Whole_OneOfThreeEndpointsCutsEveryAnswer_EveryRequestIsAnsweredWhole()
    {
        await using var one = Provider.Healthy();
        await using var cutting = new Provider(async (exchange, _) =>
        {
            await Provider.BeginAsync(exchange);
            exchange.Connection.Close();
        });
        await using var two = Provider.Healthy();
        var model = await RegisterAsync("matrix one cuts", one.Endpoint, cutting.Endpoint, two.Endpoint);

        // One after the other, so that who is asked next is not a matter of load.
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal((200, null, Provider.Answer), await OutcomeAsync("whole", model));
        }

        Assert.True(cutting.Asked > 0, "the one that cuts was asked");
    }

    [Theory, InlineData("stream"), InlineData("whole")]
    public async Task Answer_AllEndpointsAreDown_IsRefusedAtOnceWithTheReason(string form)
    {
        using var closed = new ClosedPort();
        await using var silent = new Provider((exchange, _) => Provider.FailAsync(exchange, 503));
        await using var other = new Provider((exchange, _) => Provider.FailAsync(exchange, 503));
        var model = await RegisterAsync($"matrix whole outage {form}", breakerOpenMs: 60_000, silent.Endpoint, $"{closed.Address}v1", other.Endpoint);
        await Eventually.HoldsAsync(
            async () =>
            {
                var before = silent.Asked + other.Asked;
                var outcome = await OutcomeAsync(form, model);
                Assert.Equal((503, "backend_unavailable", ""), outcome);
                return silent.Asked + other.Asked == before;
            },
            TimeSpan.FromSeconds(20),
            "no endpoint is asked any more");

        var asked = silent.Asked + other.Asked;
        var body = await BodyAsync(model);

        Assert.Equal("backend_unavailable", (string?)body["error"]?["code"]);
        Assert.Contains("503", (string?)body["error"]?["message"], StringComparison.Ordinal);
        Assert.True((long?)body["error"]?["retry_after_ms"] > 0);

        // Two replicas may each have a breaker that is not open yet.
        Assert.InRange(silent.Asked + other.Asked, asked, asked + 6);
        await NothingIsHeldAsync(model);
    }

    [Theory, InlineData("stream"), InlineData("whole")]
    public async Task Answer_AfterAnOutage_IsServedAgainWithoutAnybodysDoing(string form)
    {
        var down = true;
        await using var provider = new Provider((exchange, _) => Volatile.Read(ref down) ? Provider.FailAsync(exchange, 503) : Provider.CompleteAsync(exchange));
        var model = await RegisterAsync($"matrix recovery {form}", breakerOpenMs: 200, provider.Endpoint);
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(503, (await OutcomeAsync(form, model)).Status);
        }

        Volatile.Write(ref down, false);

        await Eventually.HoldsAsync(async () => await OutcomeAsync(form, model) == (200, null, Provider.Answer), TimeSpan.FromSeconds(10), "it is served again");
        for (var i = 0; i < 10; i++)
        {
            await Eventually.HoldsAsync(async () => await OutcomeAsync(form, model) == (200, null, Provider.Answer), TimeSpan.FromSeconds(10), "by either replica");
        }
    }

    private static JsonObject Chat(string model) => new()
    {
        ["model"] = model,
        ["messages"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = "count" }),
    };

    private Task<string> RegisterAsync(string name, params string[] endpoints) => RegisterAsync(name, 500, endpoints);

    private async Task<string> RegisterAsync(string name, int breakerOpenMs, params string[] endpoints)
    {
        var model = ProviderFault.Settings(new JsonObject
        {
            ["name"] = name,
            ["version"] = "v1",
            ["backend_type"] = "vllm",
            ["max_concurrency"] = 64,
            ["backend"] = new JsonObject { ["model"] = "m" },
        });
        model["resilience"]!["breaker_open_ms"] = breakerOpenMs;
        if (endpoints.Length == 1)
        {
            model["backend"]!["endpoint"] = endpoints[0];
        }
        else
        {
            model["resilience"]!["breaker_failures"] = 3;

            // Each is asked as often as the others, the one with the fault too.
            model["balancing"] = "round_robin";
            model["backends"] = new JsonArray([.. endpoints.Select(endpoint => new JsonObject { ["endpoint"] = endpoint })]);
        }

        using var response = await shared.Mesh.Registry(0).PostAsJsonAsync(new Uri("/models", UriKind.Relative), model);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return name;
    }

    private async Task<(int Status, string? Code, string Text)> OutcomeAsync(string form, string model)
    {
        if (form == "whole")
        {
            var (status, body) = await WholeAsync(model).WaitAsync(Longest);
            return (status, (string?)body["error"]?["code"], (string?)body["choices"]?[0]?["message"]?["content"] ?? "");
        }

        await using var call = shared.Mesh.Infer(model);
        var outcome = await call.Outcome.WaitAsync(Longest);
        return (outcome.Status, outcome.ErrorCode, outcome.Text);
    }

    private async Task<(int Status, JsonNode Body)> WholeAsync(string model)
    {
        using var response = await shared.Mesh.Gateway.PostAsJsonAsync(new Uri("/v1/chat/completions", UriKind.Relative), Chat(model));
        return ((int)response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync())!);
    }

    // The mesh's own body, which tells more than OpenAI's.
    private async Task<JsonNode> BodyAsync(string model)
    {
        var began = Stopwatch.GetTimestamp();
        using var response = await shared.Mesh.Gateway.PostAsJsonAsync(new Uri("/v1/infer", UriKind.Relative), new JsonObject { ["model"] = model, ["input"] = "count" });
        var body = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.Zero, Longest);
        return body;
    }

    private Task<TimeSpan> NothingIsHeldAsync(string model) =>
        Eventually.HoldsAsync(async () => await shared.Mesh.ActiveAsync(model) == 0, TimeSpan.FromSeconds(10), "no slot stays taken");
}
