using System.Net;
using System.Text.Encodings.Web;
using System.Text.Json;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Traffic;
using ModelMesh.Registry.Tests.Admin;
using ModelMesh.Registry.Tests.Replicas;
using ModelMesh.Registry.Traffic;
using ModelMesh.Testing.Store;
using Xunit;

namespace ModelMesh.Registry.Tests.Routing;

public sealed class ExplainTests : IAsyncLifetime
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private TestReplica _one = null!;
    private TestReplica _two = null!;

    public async Task InitializeAsync()
    {
        var (server, prefix) = (await SharedStores.GetAsync(StoreKind.Garnet), TestReplica.NewPrefix());
        _one = await TestReplica.StartAsync(server, prefix);
        _two = await TestReplica.StartAsync(server, prefix);
        await RegisterAsync("chat", "v1", 75);
        await RegisterAsync("chat", "v2", 25);
        await RegisterAsync("broken", "v1", 100);
    }

    public async Task DisposeAsync()
    {
        await _one.DisposeAsync();
        await _two.DisposeAsync();
    }

    [Fact]
    public async Task Rule_ThatDecides_IsExplainedWithWhatWasComparedByAReplicaThatDidNotWriteIt()
    {
        await WriteAsync(new RoutingRule
        {
            Name = "long",
            Target = new ModelTarget("chat"),
            Conditions = [new("prompt_length", "gt", Json("4")), new("header.X-Team", "in", Json("""["search","ads"]"""))],
        });
        await WriteAsync(new RoutingRule { Name = "gold", Priority = 5, Target = new ModelTarget("broken"), Conditions = [new("user_tier", "eq", Json("\"gold\""))] });

        var answer = await ExplainAsync(_two, """{"input":"hello","headers":{"x-team":"ads"},"user_tier":"free","roll":0.9}""");

        Assert.Equal("""{"by":"rule","rule":"long","target":"chat","model":"chat","version":"v2","certain":true}""", Compact(answer, "decision"));
        Assert.Equal("""[{"model":"chat","version":"v2"},{"model":"chat","version":"v1"}]""", Compact(answer, "routes"));
        Assert.Equal(
            """
            [{"name":"gold","priority":5,"weight":100,"taken":false,"outcome":"not all of its conditions hold","conditions":[{"field":"user_tier","operator":"eq","value":"gold","actual":"free","holds":false}]},
            {"name":"long","priority":0,"weight":100,"share":1,"taken":true,"outcome":"decides: to 'chat'","conditions":[{"field":"prompt_length","operator":"gt","value":4,"actual":"5","holds":true},
            {"field":"header.X-Team","operator":"in","value":["search","ads"],"actual":"ads","holds":true}]}]
            """.ReplaceLineEndings(""),
            Compact(answer, "rules"));
        Assert.Equal("""["1: the request names no model","2: the rule 'long' decides: to the model 'chat'"]""", Steps(answer));
    }

    [Fact]
    public async Task Shares_AreListedWhereNoRollDecides()
    {
        var answer = await ExplainAsync(_one, """{"model":"chat"}""");

        Assert.Equal("""{"by":"model","target":"chat","model":"chat","version":"v1","certain":false}""", Compact(answer, "decision"));
        Assert.Equal(
            """[{"model":"chat","version":"v1","place":1,"share":0.75,"outcome":"is tried first"},{"model":"chat","version":"v2","place":2,"share":0.25,"outcome":"is tried when the first cannot serve"}]""",
            Compact(answer, "versions"));
    }

    [Fact]
    public async Task Rule_ThatIsOnlyTried_DecidesInThePlaceOfTheOneOfItsNameAndIsNotStored()
    {
        await WriteAsync(new RoutingRule { Name = "tried", Target = new ModelTarget("chat"), Conditions = [new("user_tier", "eq", Json("\"gold\""))] });

        var answer = await ExplainAsync(_two, """{"user_tier":"free","rule":{"name":"tried","target":"broken","conditions":[{"field":"user_tier","operator":"eq","value":"free"}]}}""");

        Assert.Equal("tried", answer.GetProperty("decision").GetProperty("rule").GetString());
        Assert.Equal("broken", answer.GetProperty("decision").GetProperty("model").GetString());
        Assert.Equal(1, answer.GetProperty("rules").GetArrayLength());
        Assert.NotEqual("rule", (await ExplainAsync(_two, """{"user_tier":"free"}""")).GetProperty("decision").GetProperty("by").GetString());
    }

    [Fact]
    public async Task Rule_ThatIsOnlyTriedAndWrong_IsRefusedWithItsFaultsByTheirPaths()
    {
        var answer = await _one.Http.SendAsync(
            HttpMethod.Post, "/rules/explain", """{"prompt_length":-1,"rule":{"target":"nobody","conditions":[{"field":"user_tier","operator":"gt","value":1}],"revision":3}}""");

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal(
            ["prompt_length", "rule.conditions[0].operator", "rule.name", "rule.revision", "rule.target"],
            answer.Faults.Select(fault => fault.Split(": ")[0]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task HashKey_MakesItCertain() =>
        Assert.True((await ExplainAsync(_one, """{"model":"chat","hash_key":"user-1"}""")).GetProperty("decision").GetProperty("certain").GetBoolean());

    [Fact]
    public async Task VersionThatThisReplicaCannotServe_IsNotChosenWhileAnotherIsReady()
    {
        await RegisterAsync("broken", "v2", 1);
        _one.Plugins.Failing = "chat";
        await WriteAsync(new RoutingDefaults { Default = new ModelTarget("chat"), Fallbacks = [new("broken"), new("gone")] });

        var answer = await ExplainAsync(_one, "{}");

        Assert.Equal("""{"by":"default","target":"chat","model":"chat","version":"v1","certain":false}""", Compact(answer, "decision"));
        Assert.Contains("left out: the fallback 'gone' is not registered", Compact(answer, "versions"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task NothingThatRoutesIt_IsToldAsTheClientWouldBe()
    {
        var answer = await ExplainAsync(_one, "{}");

        Assert.StartsWith("""{"by":"nothing","certain":true,"error":{"code":"invalid_request","message":"model: is required""", Compact(answer, "decision"), StringComparison.Ordinal);
        Assert.Equal("[]", Compact(answer, "routes"));
    }

    [Fact]
    public async Task BadBody_ListsEveryFault()
    {
        var answer = await _one.Http.SendAsync(HttpMethod.Post, "/rules/explain", """
            {"version":"v1","input":"a","prompt_length":-1,"capabilities":"x","headers":{"a":1},"labels":[],"metadata":{"a":1,"a":2},"time":"noon","roll":1,"tier":"x"}
            """);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal(
            ["version", "headers.a", "capabilities", "prompt_length", "labels", "metadata.a", "time", "roll", "tier"],
            answer.Faults.Select(fault => fault.Split(':')[0]));
    }

    private static async Task<JsonElement> ExplainAsync(TestReplica replica, string body)
    {
        var answer = await replica.Http.SendAsync(HttpMethod.Post, "/rules/explain", body);
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        return answer.Body;
    }

    private static string Compact(JsonElement answer, string field) =>
        JsonSerializer.Serialize(answer.GetProperty(field), Readable);

    private static string Steps(JsonElement answer) =>
        $"[{string.Join(",", answer.GetProperty("steps").EnumerateArray().Select(step => $"\"{step.GetProperty("step")}: {step.GetProperty("outcome").GetString()}\""))}]";

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;

    private Task<ModelVersion> RegisterAsync(string name, string version, int weight) =>
        _one.Writer.RegisterAsync(new ModelVersion { Name = name, Version = version, BackendType = "mock", Weight = weight });

    private Task<Written<T>> WriteAsync<T>(T entry)
        where T : ITrafficEntry => _one.Get<TrafficWriter>().WriteAsync(
            entry switch
            {
                RoutingRule rule => new TrafficId(TrafficKinds.Rule, rule.Name),
                _ => new TrafficId(TrafficKinds.Routing, RoutingDefaults.Name),
            },
            entry,
            [],
            null);
}
