using System.Net;
using System.Text;
using System.Text.Json;
using ModelMesh.Registry.Tests.Replicas;
using ModelMesh.Testing.Store;
using Xunit;

namespace ModelMesh.Registry.Tests.Admin;

public sealed class BadInputTests(AdminFixture mesh) : IClassFixture<AdminFixture>
{
    private const string Whole = """{"name":"x","version":"v1","backend_type":"mock"}""";

    [Theory]
    [InlineData("", ": the body is empty; a JSON object is expected")]
    [InlineData("  \n", ": the body is empty; a JSON object is expected")]
    [InlineData("{\"name\":\n\"x\",}", ": the body is not valid JSON at line 2, column 5: there must be no comma before '}'")]
    [InlineData("[]", ": the body must be a JSON object, not an array")]
    [InlineData("null", ": the body must be a JSON object, not null")]
    [InlineData("{}", "name: is required", "version: is required", "backend_type: is required")]
    [InlineData("""{"name":1,"version":null,"backend_type":["mock"]}""", "name: must be a string, not a number", "version: is required", "backend_type: must be a string, not an array")]
    [InlineData("""{"name":"","version":" ","backend_type":"mock"}""", "name: must not be empty", "version: must not be blank")]
    [InlineData("""{"name":"a\u0007b","version":"..","backend_type":"mock"}""", "name: must hold printable characters only", "version: must not be '.' or '..', which no path can carry")]
    [InlineData("""{"name":"a\ud800","version":"v1","backend_type":"mock"}""", "name: holds half of a surrogate pair")]
    [InlineData("""{"name":"x","name":"y","version":"v1","backend_type":"mock"}""", "name: is given more than once")]
    [InlineData("""{"name":"x","version":"v1","backend_type":"mock","backend":{"tokens":1,"tokens":2}}""", "backend.tokens: is given more than once")]
    [InlineData("""{"name":"x","version":"v1","backend_type":"mock","colour":"red","revision":3}""", "colour: is not a known field", "revision: is set by the mesh and cannot be given")]
    [InlineData("""{"name":"x","version":"v1","backend_type":"mock","weight":-1,"max_concurrency":0}""", "max_concurrency: must be a whole number from 1 to 2147483647", "weight: must be a whole number from 0 to 1000000")]
    [InlineData("""{"name":"x","version":"v1","backend_type":"mock","weight":"10","max_concurrency":1.5}""", "max_concurrency: must be a whole number from 1 to 2147483647", "weight: must be a whole number, not a string")]
    [InlineData("""{"name":"x","version":"v1","backend_type":"mock","shadow":"no","labels":{"a":1},"capabilities":"chat","adapters":[1,"a","a"]}""",
        "shadow: must be true or false, not a string", "capabilities: must be an array of strings, not a string", "labels.a: must be a string, not a number", "adapters[0]: must be a string, not a number", "adapters[2]: is in the list already")]
    [InlineData("""{"name":"x","version":"v1","backend_type":"mock","timeouts":{"first_token_ms":0,"total_ms":1}}""", "timeouts.first_token_ms: must be a whole number from 1 to 2147483647", "timeouts.total_ms: is not a known field")]
    [InlineData("""{"name":"x","version":"v1","backend_type":"mock","max_queue":-1,"queue_timeout":"2h","shadow_sample":101,"balancing":"random","cost":-1,"cache":"on"}""",
        "max_queue: must be a whole number from 0 to 100000", "queue_timeout: must be from 1ms to 1h", "shadow_sample: must be a number from 0 to 100",
        "balancing: must be one of round_robin, least_in_flight, power_of_two_choices, weighted_random, consistent_hash, prefix_affinity",
        "cache: must be true, false or an object, not a string", "cost: must be a number from 0 to 1000000000000")]
    [InlineData("""{"name":"x","version":"v1","backend_type":"mock","cache":{"ttl":1.5,"size":1},"resilience":{"max_retries":11,"retry_budget":2,"backoff_ms":500,"max_backoff_ms":100,"tries":1}}""",
        "resilience.max_retries: must be a whole number from 0 to 10", "resilience.retry_budget: must be a number from 0 to 1",
        "resilience.max_backoff_ms: must be at least backoff_ms, which is 500", "resilience.tries: is not a known field", "cache.ttl: must be whole seconds", "cache.size: is not a known field")]
    [InlineData("""{"name":"x","version":"v1","backend_type":"mock","backends":["http://a",{},{"endpoint":"a/v1"},{"endpoint":"http://u:p@a"},{"endpoint":"http://b"},{"endpoint":"http://B/","weight":0},{"endpoint":"http://c","colour":1}],"backend":{"speed":9}}""",
        "backends[0]: must be an object, not a string", "backends[1].endpoint: is required", "backends[2].endpoint: must be an absolute http or https URL",
        "backends[3].endpoint: must not carry a user name or a password; secrets are given by reference, as api_key", "backends[5].weight: must be a whole number from 1 to 1000000",
        "backends[5].endpoint: is in the list already", "backends[6].colour: is not a known field", "backend.speed: is not a setting of this backend")]
    [InlineData("""{"name":"x","version":"v1","backend_type":"mock","backends":[{"endpoint":"http://a"}],"backend":{"endpoint":"http://b"}}""",
        "backend.endpoint: must be left out where backends are given: each has its own")]
    [InlineData("""{"name":"x","version":"v1","backend_type":"mock","mock":false}""", "mock: must not be false when backend_type is 'mock'")]
    [InlineData("""{"name":"x","version":"v1","backend_type":"openai","mock":true}""", "mock: must not be true when backend_type is 'openai'", "backend_type: 'openai' is not a loaded plugin")]
    [InlineData("""{"name":"x","version":"v1","backend_type":"mock","backend":"no"}""", "backend: must be an object, not a string")]
    [InlineData("""{"name":"x","version":"v1","backend_type":"mock","weight":-1,"backend":{"speed":9}}""", "weight: must be a whole number from 0 to 1000000", "backend.speed: is not a setting of this backend")]
    [InlineData("""{"name":"x","version":"v1","backend_type":"mock","backend":{"api_key":"sk-secret"}}""", "backend.api_key: must be a reference, env:NAME or file:/path; secrets themselves are not stored")]
    [InlineData("""{"name":"x","version":"v1","backend_type":"mock","backend":{"extra":{"api_key":"sk-secret"}}}""", "backend.extra.api_key: must be a reference, env:NAME or file:/path; secrets themselves are not stored")]
    [InlineData("""{"name":"x","version":"v1","backend_type":"mock","backend":{"endpoint":"https://user:sk-secret@host/v1"}}""", "backend.endpoint: must not carry a user name or a password; secrets are given by reference, as api_key")]
    [InlineData("""{"name":"x","version":"v1","backend_type":"mock","backend":{"endpoint":"https://host/v1?key=sk-secret","extra":{"note":"Bearer sk-secretsecretsecret"}}}""",
        "backend.endpoint: must not carry a secret in its query (key); secrets are given by reference, as api_key", "backend.extra.note: holds what looks like a secret; secrets are given by reference, as api_key")]
    [InlineData("""{"name":"x","version":"v1","backend_type":"mock","backend":{"extra":{"headers":{"Authorization":"sk-secret"},"list":[{"apiKey":"sk-secret"}],"password":123456,"tokens":5}}}""",
        "backend.extra.headers.Authorization: must be a reference, env:NAME or file:/path; secrets themselves are not stored",
        "backend.extra.list[0].apiKey: must be a reference, env:NAME or file:/path; secrets themselves are not stored",
        "backend.extra.password: must be a reference, env:NAME or file:/path; secrets themselves are not stored")]
    [InlineData("""{"name":"x","version":"v1","backend_type":"mock","backend":{"api_key":"env:sk-secret","extra":{"token":"file:sk-secret"}}}""",
        "backend.api_key: must name a variable after env:, of letters, digits and _", "backend.extra.token: must refer to a file by its full path")]
    public async Task Register_BadBody_IsRefusedWithEveryFault(string body, params string[] faults)
    {
        var before = mesh.One.Catalog.Current.Revision;

        var answer = await mesh.One.Http.PostAsync(body);

        Assert.Equal((HttpStatusCode.BadRequest, "invalid_request"), (answer.Status, answer.ErrorCode));
        Assert.Equal(faults.Order(StringComparer.Ordinal), answer.Faults.Order(StringComparer.Ordinal));
        Assert.DoesNotContain("sk-secret", answer.Body.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(before, (await mesh.One.Catalog.RefreshAsync(CancellationToken.None)).Revision);
    }

    [Theory]
    [InlineData("capabilities")]
    [InlineData("adapters")]
    [InlineData("labels")]
    public async Task Register_MoreEntriesThanAnybodyNeeds_IsRefusedAndTheMostIsTaken(string field)
    {
        var refused = await mesh.One.Http.PostAsync(Whole[..^1] + $",\"{field}\":{Entries(50_000)}}}");
        var taken = await mesh.One.Http.PostAsync(Whole[..^1] + $",\"{field}\":{Entries(256)}}}");

        Assert.Equal([$"{field}: must have at most 256 entries"], refused.Faults);
        Assert.Equal(HttpStatusCode.Created, taken.Status);
        Assert.Equal(HttpStatusCode.NoContent, (await mesh.One.Http.RemoveAsync("/models/x/versions/v1")).Status);

        string Entries(int count) => field == "labels"
            ? $"{{{string.Join(',', Enumerable.Range(0, count).Select(i => $"\"{i}\":\"\""))}}}"
            : $"[{string.Join(',', Enumerable.Range(0, count).Select(i => $"\"{i}\""))}]";
    }

    [Theory]
    [InlineData("")]
    [InlineData("\"backend\":")]
    public async Task Register_MoreFaultsThanAnybodyReads_AreCountedNotListed(string inside)
    {
        var fields = string.Join(',', Enumerable.Range(0, 50_000).Select(i => $"\"f{i}\":1"));

        var answer = await mesh.One.Http.PostAsync(Whole[..^1] + (inside.Length == 0 ? $",{fields}}}" : $",{inside}{{{fields}}}}}"));

        Assert.Equal(65, answer.Faults.Count);
        Assert.Equal(": 49936 more faults", answer.Faults[^1]);
        Assert.InRange(answer.Body.GetRawText().Length, 1, 16 * 1024);
    }

    [Fact]
    public async Task Register_FaultsBeneathAnEndlessName_DoNotRepeatItWhole()
    {
        var repeats = string.Join(',', Enumerable.Repeat("\"a\":1", 1_000));

        var answer = await mesh.One.Http.PostAsync(Whole[..^1] + $",\"backend\":{{\"{new string('n', 500_000)}\":{{{repeats}}}}}}}");

        Assert.StartsWith("backend.nnn", answer.Faults[0], StringComparison.Ordinal);
        Assert.InRange(answer.Body.GetRawText().Length, 1, 32 * 1024);
    }

    [Fact]
    public async Task Register_NullInAnOptionalField_CountsAsAbsent()
    {
        var answer = await mesh.One.Http.PostAsync(
            """
            {"name":"nulls","version":"v1","backend_type":"mock","mock":null,"backend":null,"max_concurrency":null,"weight":null,"shadow":null,
             "capabilities":null,"labels":null,"adapters":null,"timeouts":{"idle_ms":null},"revision":null}
            """);
        var updated = await mesh.One.Http.PutAsync("/models/nulls/versions/v1", """{"name":null,"version":null,"backend_type":"mock"}""");

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK), (answer.Status, updated.Status));
        Assert.Equal((1, 100, "{}"), (answer.Body.GetProperty("max_concurrency").GetInt32(), answer.Body.GetProperty("weight").GetInt32(), answer.Body.GetProperty("backend").GetRawText()));
        Assert.Equal("""{"first_token_ms":60000,"idle_ms":30000}""", answer.Body.GetProperty("timeouts").GetRawText());
    }

    [Fact]
    public async Task Register_NameTooLong_IsRefusedAndTheLongestIsTaken()
    {
        var longest = new string('ü', 200);

        var refused = await mesh.One.Http.PostAsync(Whole.Replace("\"x\"", $"\"{longest}z\"", StringComparison.Ordinal));
        var taken = await mesh.One.Http.PostAsync(Whole.Replace("\"x\"", $"\"{longest}\"", StringComparison.Ordinal));

        Assert.Equal(["name: must have at most 200 characters"], refused.Faults);
        Assert.Equal(HttpStatusCode.Created, taken.Status);
        Assert.Equal(HttpStatusCode.NoContent, (await mesh.Two.Http.RemoveAsync($"/models/{Uri.EscapeDataString(longest)}/versions/v1")).Status);
    }

    [Fact]
    public async Task Register_TooDeep_NamesThePathWhereItIs()
    {
        var deep = string.Concat(Enumerable.Repeat("{\"a\":", 100)) + "1" + new string('}', 100);

        var answer = await mesh.One.Http.PostAsync(Whole[..^1] + $",\"backend\":{deep}}}");

        Assert.Equal((HttpStatusCode.BadRequest, "invalid_request"), (answer.Status, answer.ErrorCode));
        var fault = Assert.Single(answer.Faults);
        Assert.StartsWith("backend.a.a.a.", fault, StringComparison.Ordinal);
        Assert.EndsWith("it is nested deeper than 64 levels", fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/models", "POST")]
    [InlineData("/models/x/versions/v1", "PUT")]
    public async Task RegisterAndUpdate_BrokenJson_NameThePathOfTheBadField(string path, string method)
    {
        var answer = await mesh.One.Http.SendAsync(new HttpMethod(method), path, Whole[..^1] + ",\"labels\":{\"team\":blue}}");

        Assert.Equal((HttpStatusCode.BadRequest, "invalid_request"), (answer.Status, answer.ErrorCode));
        Assert.Equal(["labels.team: is not valid JSON at line 1, column 67: a value is expected, not 'b'"], answer.Faults);
    }

    [Fact]
    public async Task Register_NotSentAsJson_IsRefused()
    {
        using var form = new StringContent(Whole, Encoding.UTF8, "text/plain");

        using var response = await mesh.One.Http.PostAsync(new Uri("/models", UriKind.Relative), form);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("application/json", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1024 * 1024 + 1, false)]
    [InlineData(1024 * 1024 + 1, true)]
    [InlineData(100 * 1024 * 1024, false)]
    public async Task Register_BodyTooLarge_IsRefused(int bytes, bool chunked)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/models") { Content = new ByteArrayContent(new byte[bytes]) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.TransferEncodingChunked = chunked;

        // As curl does: a body that will be refused need not be sent.
        request.Headers.ExpectContinue = bytes > 10_000_000;
        using var response = await mesh.One.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal("payload_too_large", body.RootElement.GetProperty("error").GetProperty("code").GetString());
    }

    [Fact]
    public async Task Register_BodyWithinALimitAboveTheServersOwn_IsTaken()
    {
        await using var replica = await TestReplica.StartAsync(await SharedStores.GetAsync(StoreKind.Garnet), TestReplica.NewPrefix(), ("Admin:MaxBodyBytes", "104857600"));

        var answer = await replica.Http.PostAsync(Whole + new string(' ', 40_000_000));

        Assert.Equal(HttpStatusCode.Created, answer.Status);
    }

    [Theory]
    [InlineData("/models?colour=red&limit=0", "colour", "limit")]
    [InlineData("/models?limit=many&cursor=%21", "limit", "cursor")]
    [InlineData("/models?status=asleep", "status")]
    public async Task List_BadQuery_IsRefusedWithEveryFault(string path, params string[] fields)
    {
        var answer = await mesh.One.Http.ReadAsync(path);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal(fields, answer.Faults.Select(fault => fault.Split(':')[0]));
    }

    [Fact]
    public async Task Update_NamesThatContradictThePath_AreRefused()
    {
        var answer = await mesh.One.Http.PutAsync("/models/a/versions/b", """{"name":"c","version":"b","backend_type":"mock"}""");

        Assert.Equal(["name: must be 'a' as in the path, or be left out"], answer.Faults);
    }

    [Theory]
    [InlineData("models/other/../a/versions/v1")]
    [InlineData("models/a/./versions/v1")]
    [InlineData("models/a/%2E/versions/v1")]
    public async Task Delete_DotSegmentsInThePath_AreRefusedNotTakenForNames(string path)
    {
        var asItIs = new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true };
        using var request = new HttpRequestMessage(HttpMethod.Delete, new Uri($"{mesh.One.Http.BaseAddress}{path}", asItIs));

        using var response = await mesh.One.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("the path cannot be read", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
