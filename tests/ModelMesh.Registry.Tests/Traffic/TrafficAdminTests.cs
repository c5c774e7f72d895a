using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ModelMesh.Registry.Tests.Admin;
using Xunit;

namespace ModelMesh.Registry.Tests.Traffic;

/// <summary>The operators' API of entries, as a client with curl uses it, each change on one replica and read on the other.</summary>
public sealed class TrafficAdminTests(AdminFixture mesh) : IClassFixture<AdminFixture>
{
    [Fact]
    public async Task Alias_Added_ResolvesAndIsSwitchedInOneStep()
    {
        await RegisterAsync("chat", "v1", "v2");
        var added = await PostAsync("/aliases", """{"name":"prod","target":"chat@v1"}""");

        Assert.Equal(HttpStatusCode.Created, added.Status);
        Assert.Equal("""{"model":"chat","version":"v1"}""", added.Body.GetProperty("target").GetRawText());
        Assert.Equal("""[{"model":"chat","version":"v1","share":100}]""", added.Body.GetProperty("resolves_to").GetRawText());
        var switched = await mesh.Two.Http.PutAsync("/aliases/prod", """{"target":{"model":"chat"}}""", added.ETag);
        Assert.Equal(HttpStatusCode.OK, switched.Status);
        Assert.Equal("""[{"model":"chat","version":"v1","share":50},{"model":"chat","version":"v2","share":50}]""", switched.Body.GetProperty("resolves_to").GetRawText());
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await mesh.One.Http.PutAsync("/aliases/prod", """{"target":"chat@v1"}""", added.ETag)).Status);
        Assert.Equal(switched.Revision, (await mesh.Two.Http.ReadAsync("/aliases/prod")).Revision);
    }

    [Fact]
    public async Task Entry_LifeOfOne_IsWhatHttpSays()
    {
        await RegisterAsync("life", "v1");
        Assert.Equal(HttpStatusCode.NotFound, (await mesh.One.Http.ReadAsync("/rules/gold%2Fusers")).Status);
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await mesh.One.Http.PutAsync("/rules/gold%2Fusers", """{"target":"life"}""", "*")).Status);
        Assert.Equal(HttpStatusCode.Created, (await mesh.One.Http.PutAsync("/rules/gold%2Fusers", """{"target":"life"}""")).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await PostAsync("/rules", """{"name":"gold/users","target":"life"}""")).Status);

        var read = await mesh.Two.Http.ReadAsync("/rules/gold%2Fusers");
        Assert.Equal(("gold/users", 0, true, 100), (read.Body.GetProperty("name").GetString(), read.Body.GetProperty("priority").GetInt32(), read.Body.GetProperty("enabled").GetBoolean(), read.Body.GetProperty("weight").GetInt32()));
        Assert.Equal(HttpStatusCode.NotModified, (await mesh.Two.Http.ReadAsync("/rules/gold%2Fusers", read.ETag)).Status);
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await mesh.One.Http.RemoveAsync("/rules/gold%2Fusers", "\"1\"")).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await mesh.One.Http.RemoveAsync("/rules/gold%2Fusers", read.ETag)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await mesh.One.Http.RemoveAsync("/rules/gold%2Fusers")).Status);
    }

    [Fact]
    public async Task Lists_AreSorted_RulesByPriority()
    {
        await RegisterAsync("sorted", "v1");
        foreach (var (name, priority) in new[] { ("s-b", 1), ("s-a", 1), ("s-c", 7) })
        {
            await PostAsync("/rules", $$"""{"name":"{{name}}","priority":{{priority}},"target":"sorted"}""");
            await PostAsync("/aliases", $$"""{"name":"{{name}}","target":"sorted"}""");
        }

        Assert.Equal(["s-c", "s-a", "s-b"], await NamesAsync("rules", "s-"));
        Assert.Equal(["s-a", "s-b", "s-c"], await NamesAsync("aliases", "s-"));
        var list = await mesh.One.Http.ReadAsync("/aliases");
        Assert.Equal(HttpStatusCode.NotModified, (await mesh.One.Http.ReadAsync("/aliases", list.ETag)).Status);
        Assert.Equal(["colour: is not a known parameter; there are none"], (await mesh.One.Http.ReadAsync("/aliases?colour=red")).Faults);
    }

    [Theory]
    [InlineData("/aliases", "{}", "name: is required", "target: is required")]
    [InlineData("/aliases", """{"name":"x","target":"bad@v9","resolves_to":[],"colour":1}""",
        "resolves_to: is set by the mesh and cannot be given", "colour: is not a known field", "target: names version 'v9' of model 'bad', which is not registered or is draining")]
    [InlineData("/aliases", """{"name":"..","target":"nobody"}""", "name: must not be '.' or '..', which no path can carry", "target: names 'nobody', which is no model that serves (registered, not draining, no shadow); an alias cannot stand here")]
    [InlineData("/aliases", """{"name":"x","target":{"version":"","size":1}}""", "target.model: is required", "target.version: must not be empty", "target.size: is not a known field")]
    [InlineData("/aliases", """{"name":"x","target":"chat@"}""", "target: must be a model's name, or name@version")]
    [InlineData("/aliases", """{"name":"x","target":5}""", "target: must be a string such as \"chat@v3\" or an object, not a number")]
    [InlineData("/rules", """{"name":"x","target":"bad","priority":2000000,"enabled":"yes","weight":-1,"conditions":[{"field":"model"},3,{"field":"time","operator":"gt","value":1,"extra":2}],"revision":3}""",
        "priority: must be a whole number from -1000000 to 1000000", "enabled: must be true or false, not a string",
        "conditions[0].operator: is required", "conditions[1]: must be an object, not a number", "conditions[2].extra: is not a known field",
        "conditions[2].value: must be a time of day in UTC such as \"08:30\"", "weight: must be a whole number from 0 to 1000000", "revision: is set by the mesh and cannot be given")]
    [InlineData("/rules", """{"name":"x","target":"nobody"}""", "target: names 'nobody', which is neither a model that serves (registered, not draining, no shadow) nor an alias")]
    [InlineData("/limits", """{"name":"x"}""", "requests_per_minute: is required, or tokens_per_minute is")]
    [InlineData("/limits", """{"name":"x","requests_per_minute":0,"model":"nobody","caller":"nobody"}""",
        "requests_per_minute: must be a whole number from 1 to 2147483647", "model: is neither a registered model nor an alias", "caller: is no caller; * is each of them on its own")]
    [InlineData("/callers", """{"name":"x"}""", "key: is required, or key_sha256 is")]
    [InlineData("/callers", """{"name":"x","key":"sk-secret","priority":101}""", "key: must be a reference, env:NAME or file:/path, not the secret itself", "priority: must be a whole number from -100 to 100")]
    [InlineData("/callers", """{"name":"x","key":"env:MM_NOT_THERE"}""", "key: refers to the environment variable MM_NOT_THERE, which the registry does not have")]
    [InlineData("/callers", """{"name":"x","key_sha256":"abc"}""", "key_sha256: must be the SHA-256 of the key, 64 hexadecimal digits")]
    [InlineData("/callers", """{"name":"*","key_sha256":"0000000000000000000000000000000000000000000000000000000000000000"}""", "name: must not be '*', which means each caller in limits")]
    [InlineData("/callers", """{"name":"x","key_sha256":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}""",
        "key_sha256: is the hash of no key at all, of an empty text")]
    [InlineData("/callers", """{"name":"x","key":"env:A","key_sha256":"abc"}""", "key_sha256: must be left out where key is given")]
    public async Task Add_BadBody_IsRefusedWithEveryFault(string path, string body, params string[] faults)
    {
        await RegisterAsync("bad", "v1");

        var answer = await PostAsync(path, body);

        Assert.Equal((HttpStatusCode.BadRequest, "invalid_request"), (answer.Status, answer.ErrorCode));
        Assert.Equal(faults.Order(StringComparer.Ordinal), answer.Faults.Order(StringComparer.Ordinal));
        Assert.DoesNotContain("sk-secret", answer.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Alias_ThatRequestsWouldTakeForAVersion_IsRefusedAsIsAVersionByItsName()
    {
        await RegisterAsync("trap", "v@1");
        await PostAsync("/aliases", """{"name":"trap@v2","target":"trap"}""");

        var refused = await PostAsync("/aliases", """{"name":"trap@v@1","target":"trap"}""");
        Assert.Equal((HttpStatusCode.Conflict, "'trap@v@1' is the name of a model, or means a version of one; an alias needs another."), (refused.Status, refused.Message));
        Assert.Equal(HttpStatusCode.Conflict, (await mesh.One.Http.PostAsync("""{"name":"trap","version":"v2","backend_type":"mock"}""")).Status);
        Assert.Equal(HttpStatusCode.Created, (await mesh.One.Http.PostAsync("""{"name":"trap","version":"v3","backend_type":"mock"}""")).Status);
    }

    [Fact]
    public async Task Routing_Written_ReadsBackOnTheOtherReplicaAndMayTargetAliases()
    {
        await RegisterAsync("route", "v1");
        await RegisterAsync("v@x", "v@1");
        await PostAsync("/aliases", """{"name":"route-prod","target":"route@v1"}""");
        var bad = await mesh.One.Http.PutAsync("/routing", """{"default":"nobody","fallbacks":["route",{"model":"route","version":"v9"}],"model_fallbacks":{"nobody":["route"],"route":"x"}}""");
        Assert.Equal(
            ["default", "fallbacks[1]", "model_fallbacks.nobody", "model_fallbacks.route"], bad.Faults.Select(fault => fault.Split(':')[0]).Order(StringComparer.Ordinal));

        var written = await mesh.One.Http.PutAsync(
            "/routing", """{"default":"route-prod","fallbacks":["v@x@v@1","v@x"],"model_fallbacks":{"route-prod":[{"model":"v@x","version":"v@1"}]}}""");

        Assert.Equal(HttpStatusCode.OK, written.Status);
        await mesh.Two.Catalog.RefreshAsync(CancellationToken.None);
        var read = (await mesh.Two.Http.ReadAsync("/routing")).Body;
        Assert.Equal("""{"model":"route-prod"}""", read.GetProperty("default").GetRawText());
        Assert.Equal("""[{"model":"v@x","version":"v@1"},{"model":"v@x"}]""", read.GetProperty("fallbacks").GetRawText());
        Assert.Equal("""{"route-prod":[{"model":"v@x","version":"v@1"}]}""", read.GetProperty("model_fallbacks").GetRawText());
        Assert.Equal(HttpStatusCode.Conflict, (await mesh.Two.Http.RemoveAsync("/aliases/route-prod")).Status);
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await mesh.Two.Http.PutAsync("/routing", "{}", "\"1\"")).Status);
        Assert.Equal(HttpStatusCode.OK, (await mesh.Two.Http.PutAsync("/routing", "{}", written.ETag)).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await mesh.Two.Http.RemoveAsync("/aliases/route-prod")).Status);
    }

    [Fact]
    public async Task Caller_WithAKeyInAFile_IsKnownByItsHashWhichIsShownShortened()
    {
        var file = Path.GetTempFileName();
        var key = Guid.NewGuid().ToString("N");
        await File.WriteAllTextAsync(file, key);
        try
        {
            var added = await PostAsync("/callers", JsonSerializer.Serialize(new { name = "app", key = $"file:{file}", tier = "gold", priority = 5 }));

            var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
            Assert.Equal(HttpStatusCode.Created, added.Status);
            Assert.Equal($"{hash[..12]}…", added.Body.GetProperty("key_sha256").GetString());
            Assert.Equal("gold", (await mesh.Two.Catalog.RefreshAsync(CancellationToken.None)).Traffic.CallersByKey[hash].Tier);
            Assert.Equal(["key_sha256: is the key of caller 'app' already"], (await PostAsync("/callers", $$"""{"name":"thief","key_sha256":"{{hash.ToUpperInvariant()}}"}""")).Faults);
            Assert.DoesNotContain(key, (await mesh.Two.Http.ReadAsync("/callers")).Body.GetRawText(), StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task Limit_ForAnAliasAndEachCaller_ReadsBack()
    {
        await RegisterAsync("limited", "v1");
        await PostAsync("/aliases", """{"name":"limited-prod","target":"limited"}""");

        var added = await PostAsync("/limits", """{"name":"per caller","model":"limited-prod","caller":"*","requests_per_minute":60,"tokens_per_minute":90000000000}""");

        Assert.Equal(HttpStatusCode.Created, added.Status);
        var read = (await mesh.Two.Http.ReadAsync("/limits/per%20caller")).Body;
        Assert.Equal(("limited-prod", "*", 60, 90_000_000_000), (read.GetProperty("model").GetString(), read.GetProperty("caller").GetString(), read.GetProperty("requests_per_minute").GetInt32(), read.GetProperty("tokens_per_minute").GetInt64()));
    }

    [Fact]
    public async Task Events_TellOfEntriesAndWeights()
    {
        await RegisterAsync("told", "v1");
        using var stream = await mesh.Two.Http.GetStreamAsync(new Uri("/events", UriKind.Relative));
        using var reader = new StreamReader(stream);
        await reader.ReadLineAsync();

        await PostAsync("/aliases", """{"name":"told/prod","target":"told"}""");
        await mesh.One.Http.PutAsync("/models/told/weights", """{"v1":3}""");
        await mesh.One.Http.RemoveAsync("/aliases/told%2Fprod");

        var told = new List<string>();
        while (told.Count < 3)
        {
            if (await reader.ReadLineAsync() is { } line && line.StartsWith("data: ", StringComparison.Ordinal) && line.Contains("told", StringComparison.Ordinal))
            {
                using var data = JsonDocument.Parse(line[6..]);
                var field = data.RootElement;
                told.Add($"{field.GetProperty("kind")} {(field.TryGetProperty("entry", out var entry) ? entry : "model")} {field.GetProperty("name")}");
            }
        }

        Assert.Equal(["written alias told/prod", "weighted model told", "removed alias told/prod"], told);
    }

    private Task<AdminAnswer> PostAsync(string path, string body) => mesh.One.Http.SendAsync(HttpMethod.Post, path, body);

    private async Task RegisterAsync(string name, params string[] versions)
    {
        foreach (var version in versions)
        {
            await mesh.One.Http.PostAsync(JsonSerializer.Serialize(new { name, version, backend_type = "mock" }));
        }

        await mesh.Two.Catalog.RefreshAsync(CancellationToken.None);
    }

    private async Task<IEnumerable<string>> NamesAsync(string collection, string prefix) =>
        (await mesh.One.Http.ReadAsync($"/{collection}")).Body.GetProperty(collection).EnumerateArray()
        .Select(entry => entry.GetProperty("name").GetString()!).Where(name => name.StartsWith(prefix, StringComparison.Ordinal));
}
