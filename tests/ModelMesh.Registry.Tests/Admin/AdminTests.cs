using System.Net;
using System.Text.Json;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Registry.Leases;
using Xunit;

namespace ModelMesh.Registry.Tests.Admin;

public sealed class AdminTests(AdminFixture mesh) : IClassFixture<AdminFixture>
{
    [Fact]
    public async Task Register_BodyOfTheOriginalSystem_AnswersTheWholeModel()
    {
        var answer = await mesh.One.Http.PostAsync(
            """{"name":"chat-bot","version":"v1","backend_type":"mock","mock":true,"max_concurrency":2,"weight":100,"shadow":false}""");

        Assert.Equal(HttpStatusCode.Created, answer.Status);
        Assert.StartsWith($"\"{answer.Revision}.", answer.ETag, StringComparison.Ordinal);
        var fields = answer.Body.EnumerateObject().Select(field => field.Name).Order(StringComparer.Ordinal);
        Assert.Equal(
            ["active", "adapters", "backend", "backend_type", "backends", "balancing", "capabilities", "cost", "created_at", "health", "labels", "max_concurrency", "max_queue", "mock", "name",
             "queue_timeout", "queued", "resilience", "revision", "shadow", "shadow_sample", "status", "timeouts", "updated_at", "version", "weight"],
            fields);
        Assert.Equal(("ready", 0, true), (answer.Body.GetProperty("status").GetString(), answer.Body.GetProperty("active").GetInt32(), answer.Body.GetProperty("mock").GetBoolean()));
        Assert.Equal("""{"first_token_ms":60000,"idle_ms":30000}""", answer.Body.GetProperty("timeouts").GetRawText());
    }

    [Fact]
    public async Task Register_EveryField_ReadsBackOnTheOtherReplica()
    {
        const string Given = """
            {"name":"full","version":"v1","backend_type":"mock","max_concurrency":3,"weight":7,"shadow":true,"capabilities":["chat","tools"],
             "labels":{"team":"a:b","empty":""},"adapters":["lora-1"],"timeouts":{"first_token_ms":5,"idle_ms":6},"backend":{"tokens":123456789012345678,"api_key":"env:KEY"},
             "max_queue":4,"queue_timeout":0.5,"shadow_sample":12.5,"backends":[{"endpoint":"http://a/v1","weight":3},{"endpoint":"http://b/v1","weight":1}],"balancing":"consistent_hash",
             "resilience":{"max_retries":1,"retry_budget":0.5,"backoff_ms":7,"max_backoff_ms":8,"breaker_failures":9,"breaker_open_ms":10,"hedge_after_ms":11},
             "cache":{"enabled":false,"ttl":60},"cost":0.25}
            """;
        await mesh.One.Http.PostAsync(Given);

        var answer = await mesh.Two.Http.ReadAsync("/models/full/versions/v1");

        using var given = JsonDocument.Parse(Given);
        foreach (var field in given.RootElement.EnumerateObject())
        {
            Assert.True(JsonElement.DeepEquals(field.Value, answer.Body.GetProperty(field.Name)), field.Name);
        }
    }

    [Theory]
    [InlineData("qwen/qwen-2.5:7b", "v1@beta")]
    [InlineData("a b", "100% \"quoted\" \\ back")]
    [InlineData("has%2Fescape", "ünï–код 模型 🚀")]
    [InlineData("{braces}", "?query#fragment+plus")]
    public async Task Names_OfAnyPrintableText_CanBeRegisteredReadChangedAndDeleted(string name, string version)
    {
        var path = $"/models/{Uri.EscapeDataString(name)}/versions/{Uri.EscapeDataString(version)}";
        var body = JsonSerializer.Serialize(new Dictionary<string, string>(StringComparer.Ordinal) { ["name"] = name, ["version"] = version, ["backend_type"] = "mock" });

        Assert.Equal(HttpStatusCode.Created, (await mesh.One.Http.PostAsync(body)).Status);
        var read = await mesh.Two.Http.ReadAsync(path);
        Assert.Equal((name, version), (read.Body.GetProperty("name").GetString(), read.Body.GetProperty("version").GetString()));
        Assert.Equal(HttpStatusCode.OK, (await mesh.Two.Http.PutAsync(path, """{"backend_type":"mock"}""")).Status);
        Assert.Single((await mesh.One.Http.ReadAsync($"/models/{Uri.EscapeDataString(name)}")).Body.GetProperty("models").EnumerateArray());
        Assert.Equal(HttpStatusCode.NoContent, (await mesh.One.Http.RemoveAsync(path)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await mesh.One.Http.ReadAsync(path)).Status);
    }

    [Fact]
    public async Task Register_Twice_IsAConflictAndChangesNothing()
    {
        var first = await mesh.One.RegisterAsync("twice");

        var again = await mesh.Two.Http.PostAsync("""{"name":"twice","version":"v1","backend_type":"mock","weight":1}""");

        Assert.Equal((HttpStatusCode.Conflict, "conflict"), (again.Status, again.ErrorCode));
        Assert.Equal(first.Revision, (await mesh.Two.Http.ReadAsync("/models/twice/versions/v1")).Revision);
    }

    [Fact]
    public async Task Update_Unknown_IsNotFound()
    {
        var answer = await mesh.One.Http.PutAsync("/models/nobody/versions/v1", """{"backend_type":"mock"}""");

        Assert.Equal((HttpStatusCode.NotFound, "model_not_found"), (answer.Status, answer.ErrorCode));
    }

    [Fact]
    public async Task Update_ReplacesTheWholeDefinitionAndKeepsTheBirthday()
    {
        var before = (await mesh.One.Http.PostAsync("""{"name":"whole","version":"v1","backend_type":"mock","weight":7,"labels":{"a":"b"}}""")).Body;

        var after = (await mesh.Two.Http.PutAsync("/models/whole/versions/v1", """{"backend_type":"mock","max_concurrency":9}""")).Body;

        Assert.Equal((100, "{}", 9), (after.GetProperty("weight").GetInt32(), after.GetProperty("labels").GetRawText(), after.GetProperty("max_concurrency").GetInt32()));
        Assert.Equal(before.GetProperty("created_at").GetString(), after.GetProperty("created_at").GetString());
        Assert.True(after.GetProperty("revision").GetInt64() > before.GetProperty("revision").GetInt64());
    }

    [Fact]
    public async Task Update_TwoAtOnceWithTheSameIfMatch_ExactlyOneWins()
    {
        for (var round = 0; round < 20; round++)
        {
            var model = await mesh.One.RegisterAsync($"race{round}");
            var answers = await Task.WhenAll(((HttpClient[])[mesh.One.Http, mesh.Two.Http]).Select(
                (http, i) => http.PutAsync($"/models/race{round}/versions/v1", $$"""{"backend_type":"mock","weight":{{i + 1}}}""", $"\"{model.Revision}\"")));

            Assert.Equal([HttpStatusCode.OK, HttpStatusCode.PreconditionFailed], answers.Select(answer => answer.Status).Order());
            var winner = answers.Single(answer => answer.Status == HttpStatusCode.OK);
            var stored = await mesh.One.Catalog.RefreshAsync(CancellationToken.None);
            Assert.Equal((winner.Revision, winner.Body.GetProperty("weight").GetInt32()), (stored.Find(model.Id)!.Revision, stored.Find(model.Id)!.Weight));
        }
    }

    [Theory]
    [InlineData("\"999999\"", HttpStatusCode.PreconditionFailed)]
    [InlineData("\"abc\"", HttpStatusCode.PreconditionFailed)]
    [InlineData("12", HttpStatusCode.BadRequest)]
    [InlineData("*", HttpStatusCode.OK)]
    public async Task Update_IfMatch_IsHonoured(string ifMatch, HttpStatusCode expected)
    {
        var name = $"match-{Guid.NewGuid():N}";
        await mesh.One.RegisterAsync(name);

        var answer = await mesh.One.Http.PutAsync($"/models/{name}/versions/v1", """{"backend_type":"mock"}""", ifMatch);

        Assert.Equal(expected, answer.Status);
    }

    [Fact]
    public async Task Delete_WhileActive_IsAConflictThatCountsAndLeavesTheModelOpen()
    {
        var model = await mesh.One.RegisterAsync("active", maxConcurrency: 3);
        var leases = await Task.WhenAll(mesh.One.Leases.AcquireAsync(model.Id, model.Revision), mesh.Two.Leases.AcquireAsync(model.Id, model.Revision));

        var refused = await mesh.Two.Http.RemoveAsync("/models/active/versions/v1");

        Assert.Equal((HttpStatusCode.Conflict, "conflict"), (refused.Status, refused.ErrorCode));
        Assert.Contains("2 active streams", refused.Message, StringComparison.Ordinal);
        Assert.Equal(2, (await mesh.One.Http.ReadAsync("/models/active/versions/v1")).Body.GetProperty("active").GetInt32());
        await Granted(await mesh.One.Leases.AcquireAsync(model.Id, model.Revision)).DisposeAsync();
        await Task.WhenAll(leases.Select(answer => Granted(answer).DisposeAsync().AsTask()));
        Assert.Equal(HttpStatusCode.NoContent, (await mesh.Two.Http.RemoveAsync("/models/active/versions/v1")).Status);
        Assert.IsType<LeaseAnswer.Closed>(await mesh.One.Leases.AcquireAsync(model.Id, model.Revision));
    }

    [Fact]
    public async Task Delete_OldRevisionInIfMatch_FailsAndLeavesTheModel()
    {
        var model = await mesh.One.RegisterAsync("guarded");
        await mesh.One.Http.PutAsync("/models/guarded/versions/v1", """{"backend_type":"mock"}""");

        var refused = await mesh.Two.Http.RemoveAsync("/models/guarded/versions/v1", $"\"{model.Revision}\"");

        Assert.Equal(HttpStatusCode.PreconditionFailed, refused.Status);
        Assert.Equal(HttpStatusCode.OK, (await mesh.Two.Http.ReadAsync("/models/guarded/versions/v1")).Status);
    }

    [Fact]
    public async Task Delete_ThenRegisterAgain_HasAHigherRevisionAndAnOpenGate()
    {
        var first = await mesh.One.RegisterAsync("again");
        await mesh.One.Http.RemoveAsync("/models/again/versions/v1");

        var second = await mesh.Two.RegisterAsync("again");

        Assert.True(second.Revision > first.Revision);
        await Granted(await mesh.One.Leases.AcquireAsync(second.Id, second.Revision)).DisposeAsync();
        Assert.Null(await mesh.One.Store.RunAsync(database => database.KeyTimeToLiveAsync(mesh.One.Store.Keys.Gate(second.Id))));
    }

    [Fact]
    public async Task Drain_WhileActive_RefusesNewAndDeletesOnceIdle()
    {
        var model = await mesh.One.RegisterAsync("drain", maxConcurrency: 2);
        var lease = Granted(await mesh.Two.Leases.AcquireAsync(model.Id, model.Revision));

        var accepted = await mesh.One.Http.SendAsync(HttpMethod.Delete, "/models/drain/versions/v1?drain=true", null);

        Assert.Equal((HttpStatusCode.Accepted, "draining"), (accepted.Status, accepted.Body.GetProperty("status").GetString()));
        Assert.IsType<LeaseAnswer.Closed>(await mesh.Two.Leases.AcquireAsync(model.Id, accepted.Revision));
        Assert.Equal(HttpStatusCode.Conflict, (await mesh.One.Http.PutAsync("/models/drain/versions/v1", """{"backend_type":"mock"}""")).Status);
        Assert.Equal(HttpStatusCode.OK, (await mesh.Two.Http.ReadAsync("/models/drain/versions/v1")).Status);
        await lease.DisposeAsync();
        await Eventually.HoldsAsync(
            async () => (await mesh.Two.Http.ReadAsync("/models/drain/versions/v1")).Status == HttpStatusCode.NotFound, TimeSpan.FromSeconds(3), "the drained model is gone");
    }

    [Fact]
    public async Task List_Filters_ShowWhatMatchesAll()
    {
        await mesh.One.Http.PostAsync("""{"name":"filter-a","version":"v1","backend_type":"mock","capabilities":["f-chat","f-tools"],"labels":{"tier":"gold:1"}}""");
        await mesh.One.Http.PostAsync("""{"name":"filter-b","version":"v1","backend_type":"mock","capabilities":["f-chat"],"labels":{"tier":"tin","f-only":"x"}}""");
        await mesh.One.Http.PostAsync("""{"name":"broken","version":"v1","backend_type":"mock","capabilities":["f-chat"]}""");

        Assert.Equal(["broken", "filter-a", "filter-b"], await NamesAsync("capability=f-chat"));
        Assert.Equal(["filter-a"], await NamesAsync("capability=f-chat&capability=f-tools"));
        Assert.Equal(["filter-a"], await NamesAsync("label=tier:gold:1"));
        Assert.Equal(["filter-a"], await NamesAsync("label=tier%3Dgold:1"));
        Assert.Equal(["filter-b"], await NamesAsync("label=f-only"));
        Assert.Equal(["broken"], await NamesAsync("status=failed"));
        Assert.Equal(["filter-b"], await NamesAsync("name=filter-b&backend_type=mock&status=ready"));
        Assert.Empty(await NamesAsync("backend_type=other"));
        Assert.Equal("the fake says so", (await mesh.One.Http.ReadAsync("/models/broken/versions/v1")).Body.GetProperty("status_reason").GetString());
    }

    [Fact]
    public async Task List_Pages_ShowEveryModelOnceInOrder()
    {
        for (var i = 0; i < 7; i++)
        {
            await mesh.One.Http.PostAsync($$"""{"name":"page-{{i}}","version":"v1","backend_type":"mock","capabilities":["paged"]}""");
        }

        var (names, cursor) = (new List<string>(), "");
        do
        {
            var page = (await mesh.One.Http.ReadAsync($"/models?capability=paged&limit=3{cursor}")).Body;
            names.AddRange(page.GetProperty("models").EnumerateArray().Select(model => model.GetProperty("name").GetString()!));
            cursor = page.TryGetProperty("next_cursor", out var next) ? $"&cursor={next.GetString()}" : "";
        }
        while (cursor.Length > 0);

        Assert.Equal(Enumerable.Range(0, 7).Select(i => $"page-{i}"), names);
    }

    [Fact]
    public async Task Read_WithItsETag_IsNotModifiedUntilItChanges()
    {
        await mesh.One.Http.PostAsync("""{"name":"tagged","version":"v1","backend_type":"mock","capabilities":["tagged"]}""");
        var one = await mesh.One.Http.ReadAsync("/models/tagged/versions/v1");
        var list = await mesh.One.Http.ReadAsync("/models?capability=tagged");

        Assert.Equal(HttpStatusCode.NotModified, (await mesh.One.Http.ReadAsync("/models/tagged/versions/v1", one.ETag)).Status);
        Assert.Equal(HttpStatusCode.NotModified, (await mesh.One.Http.ReadAsync("/models?capability=tagged", list.ETag)).Status);
        await mesh.One.Http.PutAsync("/models/tagged/versions/v1", """{"backend_type":"mock","capabilities":["tagged"]}""");
        Assert.Equal(HttpStatusCode.OK, (await mesh.One.Http.ReadAsync("/models/tagged/versions/v1", one.ETag)).Status);
        Assert.Equal(HttpStatusCode.OK, (await mesh.One.Http.ReadAsync("/models?capability=tagged", list.ETag)).Status);
    }

    [Fact]
    public async Task Read_StatusChangesWithoutANewRevision_IsModifiedAndTheOldTagStillMatchesAnUpdate()
    {
        await mesh.One.Http.PostAsync("""{"name":"restated","version":"v1","backend_type":"mock"}""");
        var ready = await mesh.One.Http.ReadAsync("/models/restated/versions/v1");
        mesh.One.Plugins.Failing = "restated";
        try
        {
            var failed = await mesh.One.Http.ReadAsync("/models/restated/versions/v1", ready.ETag);
            Assert.Equal(HttpStatusCode.OK, failed.Status);
            Assert.Equal("failed", failed.Body.GetProperty("status").GetString());
            Assert.Equal(HttpStatusCode.OK, (await mesh.One.Http.PutAsync("/models/restated/versions/v1", """{"backend_type":"mock"}""", ready.ETag)).Status);
        }
        finally
        {
            mesh.One.Plugins.Failing = null;
        }
    }

    [Fact]
    public async Task Instances_BothReplicas_AreListedWithTheirAddresses()
    {
        await Eventually.HoldsAsync(
            async () => (await mesh.One.Http.ReadAsync("/instances")).Body.GetProperty("instances").GetArrayLength() == 2, TimeSpan.FromSeconds(5), "both are listed");

        var instances = (await mesh.One.Http.ReadAsync("/instances")).Body.GetProperty("instances").EnumerateArray().ToList();

        Assert.Contains(instances, instance => new Uri(instance.GetProperty("http_address").GetString()!) == mesh.Two.Http.BaseAddress);
        Assert.All(instances, instance => Assert.NotEqual(instance.GetProperty("http_address").GetString(), instance.GetProperty("grpc_address").GetString()));
    }

    [Fact]
    public async Task Events_ChangesThroughEitherReplica_AreTold()
    {
        using var response = await mesh.One.Http.GetAsync(new Uri("/events", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync());
        Assert.StartsWith(": catalog at revision", await lines.ReadLineAsync(), StringComparison.Ordinal);

        var model = await mesh.Two.RegisterAsync("told");

        string? line;
        do
        {
            line = await lines.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(5));
        }
        while (line != $$"""data: {"revision":{{model.Revision}},"kind":"{{CatalogEventKinds.Registered}}","id":"told@v1","name":"told","version":"v1"}""");
    }

    private async Task<IReadOnlyList<string>> NamesAsync(string query)
    {
        var answer = await mesh.One.Http.ReadAsync($"/models?{query}");
        return [.. answer.Body.GetProperty("models").EnumerateArray().Select(model => model.GetProperty("name").GetString()!)];
    }

    private static Lease Granted(LeaseAnswer answer) => Assert.IsType<LeaseAnswer.Granted>(answer).Lease;
}
