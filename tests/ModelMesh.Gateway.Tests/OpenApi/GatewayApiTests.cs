using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Google.Protobuf.Reflection;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Tests.Fakes;
using ModelMesh.Gateway.Traffic;
using ModelMesh.Testing.OpenApi;

namespace ModelMesh.Gateway.Tests.OpenApi;

/// <summary>The gateway's OpenAPI document says what the gateway does.</summary>
public sealed class GatewayApiTests : IAsyncLifetime
{
    private FakeRegistry _registry = null!;
    private TestGateway _gateway = null!;
    private ApiDocument _document = null!;

    public async Task InitializeAsync()
    {
        _registry = await FakeRegistry.StartAsync();
        _registry.Embed = Embed;
        _gateway = await TestGateway.StartAsync(new FakeCatalog(FakeCatalog.Model("chat-bot")), [], _registry);
        _document = await ApiDocument.ReadAsync(_gateway.Client);
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _registry.DisposeAsync();
    }

    [Fact]
    public async Task Document_IsValidOpenApi_AndEveryReferenceLeadsSomewhere()
    {
        await DocumentChecks.IsValidAsync(_document, "#/components/responses/Conflict", "#/components/responses/PreconditionFailed");

        Assert.Equal(typeof(GatewayHelp).Assembly.GetName().Version!.ToString(3), _document.Root["info"]!["version"]!.GetValue<string>());
    }

    [Fact]
    public void Document_HasEveryRouteThatIsMapped_AndNoOther()
    {
        var (described, mapped) = _document.Compare(_gateway.Services.GetRequiredService<EndpointDataSource>().Endpoints);

        Assert.Equal(mapped, described);
    }

    [Fact]
    public void Document_ListsTheErrorsOfTheTable() => DocumentChecks.ListsTheErrorTable(_document);

    [Fact]
    public void Document_ExamplesOfAnswers_AreAsTheirSchemasSay() => DocumentChecks.AnswersItShowsAreAsTheirSchemasSay(_document);

    [Fact]
    public async Task Document_EveryExampleRequest_IsAnsweredAsItSays()
    {
        var requests = _document.Operations.SelectMany(operation => operation.BodySchema is null ? [(operation, null)] : operation.BodyExamples.Select(example => (operation, (JsonObject?)example.Body))).ToList();

        Assert.True(requests.Count >= 10, "the document shows its requests");
        foreach (var (operation, body) in requests)
        {
            Assert.Empty(await ExampleRun.FaultsAsync(_gateway.Client, operation, body));
        }
    }

    [Fact]
    public async Task Document_ARequestWithTheExampleOfEveryField_IsAnswered()
    {
        foreach (var operation in _document.Operations.Where(operation => operation.BodySchema is not null))
        {
            foreach (var (name, body) in ExampleRun.FullBodies(operation))
            {
                var faults = await ExampleRun.FaultsAsync(_gateway.Client, operation, body);

                Assert.True(faults.Count == 0, $"{operation.Path}, {name}: {string.Join("; ", faults)}");
            }
        }
    }

    [Fact]
    public async Task Document_HasEveryFieldThatIsRead_AndNoOther()
    {
        var names = InferenceReflection.Descriptor.MessageTypes.SelectMany(Names).Append("token").ToList();

        // The requests of a batch are those of /v1/infer, and their faults are answers of their own.
        var closed = _document.Operations.Where(operation => operation.IsClosed && operation.Path != "/v1/batch_infer").ToList();

        Assert.Empty(await KnownFields.DifferencesAsync(_gateway.Client, closed, names));
    }

    [Fact]
    public void Document_HasEveryHeaderThatAnApplicationMaySend_WhereAModelIsAsked()
    {
        var all = typeof(CallHeaders).GetFields().Select(field => (string)field.GetRawConstantValue()!).ToList();
        var ofEmbeddings = all.Except([CallHeaders.Cache, CallHeaders.Continue, CallHeaders.Hedge]).ToList();

        var asking = _document.Operations.Where(operation => operation.BodySchema is not null && operation.Path != "/api/show").ToList();

        Assert.Equal(14, asking.Count);
        Assert.All(asking, operation => Assert.Superset(
            (operation.Path.Contains("embed", StringComparison.Ordinal) ? ofEmbeddings : all).ToHashSet(),
            operation.Node["parameters"]!.AsArray().Select(parameter => _document.Resolve(parameter!)["name"]!.GetValue<string>()).ToHashSet()));
    }

    [Fact]
    public async Task Document_KnowsABatchThatIsABareArray_AndItsAnswer()
    {
        var batch = _document.Operations.Single(operation => operation.Path == "/v1/batch_infer");
        var body = new JsonArray([.. batch.BodyExamples.First().Body["requests"]!.AsArray().Select(request => request!.DeepClone()), new JsonObject { ["model"] = "nobody", ["prompt"] = "hello" }]);

        using var answer = await _gateway.Client.PostAsync(new Uri(batch.Path, UriKind.Relative), new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"));

        Assert.Empty(new SchemaCheck(_document).Faults(batch.BodySchema!, body));
        Assert.Empty(await FaultsAsync(batch, HttpStatusCode.OK, answer));
    }

    [Theory]
    [InlineData("/v1/chat/completions")]
    [InlineData("/api/chat")]
    public async Task Document_KnowsThatFieldsInsideOfToolsMayBeUnknown_WhereTheyAreTaken(string path)
    {
        var operation = _document.Operations.Single(operation => operation.Path == path);
        var body = JsonNode.Parse("""
            {"model":"chat-bot","stream":false,"messages":[{"role":"user","content":"hello"}],
             "tools":[{"type":"function","client":1,"function":{"name":"now","client":1,"parameters":{"type":"object","properties":{}}}}]}
            """)!.AsObject();
        if (path == "/v1/chat/completions")
        {
            body["messages"]!.AsArray().Add(JsonNode.Parse("""{"role":"assistant","tool_calls":[{"id":"a","type":"function","function":{"name":"now","arguments":"{}","parsed_arguments":{}}}]}"""));
            body["messages"]!.AsArray().Add(JsonNode.Parse("""{"role":"tool","tool_call_id":"a","content":"noon"}"""));
            body["tool_choice"] = JsonNode.Parse("""{"type":"function","client":1,"function":{"name":"now"}}""");
            body["response_format"] = JsonNode.Parse("""{"type":"json_schema","client":1,"json_schema":{"name":"x","schema":{},"strict":null}}""");
        }

        Assert.Empty(new SchemaCheck(_document).Faults(operation.BodySchema!, body));
        Assert.Empty(await ExampleRun.FaultsAsync(_gateway.Client, operation, body));
    }

    [Theory]
    [InlineData("/infer")]
    [InlineData("/v1/infer")]
    [InlineData("/v1/chat/completions")]
    public async Task Document_KnowsHowLongTheIdOfACallMayBe(string path)
    {
        var operation = _document.Operations.Single(operation => operation.Path == path);
        var id = new string('i', 4096);
        var body = JsonNode.Parse($$$"""
            {"model":"chat-bot","messages":[{"role":"assistant","tool_calls":[{"id":"{{{id}}}","function":{"name":"now"}}]},{"role":"tool","tool_call_id":"{{{id}}}","content":"noon"}]}
            """)!.AsObject();

        Assert.Empty(new SchemaCheck(_document).Faults(operation.BodySchema!, body));
        Assert.Empty(await ExampleRun.FaultsAsync(_gateway.Client, operation, body));
    }

    [Theory]
    [InlineData("/v1/models", "/v1/models?limit=0", HttpStatusCode.BadRequest)]
    [InlineData("/v1/models/{id}", "/v1/models/nobody", HttpStatusCode.NotFound)]
    public async Task Document_KnowsTheErrorsOfTheListOfModels_InBothShapes(string path, string address, HttpStatusCode status)
    {
        var operation = _document.Operations.Single(operation => operation.Path == path);
        using var request = new HttpRequestMessage(HttpMethod.Get, address) { Headers = { { "anthropic-version", "2023-06-01" } } };

        using var openAI = await _gateway.Client.GetAsync(new Uri(address, UriKind.Relative));
        using var anthropic = await _gateway.Client.SendAsync(request);

        Assert.Empty(await FaultsAsync(operation, status, openAI));
        Assert.Empty(await FaultsAsync(operation, status, anthropic));
    }

    [Fact]
    public async Task Document_IsServedWithAnEntityTag_AndNotAgainToWhoHasIt()
    {
        using var first = await _gateway.Client.GetAsync(new Uri("/openapi/v1.json", UriKind.Relative));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/openapi/v1.json") { Headers = { IfNoneMatch = { first.Headers.ETag! } } };

        using var again = await _gateway.Client.SendAsync(request);

        Assert.Equal("application/json", first.Content.Headers.ContentType!.MediaType);
        Assert.Equal((HttpStatusCode.NotModified, first.Headers.ETag), (again.StatusCode, again.Headers.ETag));
    }

    [Fact]
    public async Task Page_ComesWithAllItNeeds_AndReadsTheDocument()
    {
        var page = await _gateway.Client.GetStringAsync(new Uri("/docs/index.html", UriKind.Relative));
        var start = await _gateway.Client.GetStringAsync(new Uri("/docs/index.js", UriKind.Relative));

        Assert.DoesNotContain("//", string.Concat(Sources(page)), StringComparison.Ordinal);
        Assert.NotEmpty(Sources(page));
        foreach (var source in Sources(page))
        {
            using var asset = await _gateway.Client.GetAsync(new Uri($"/docs/{source}", UriKind.Relative));
            Assert.Equal(HttpStatusCode.OK, asset.StatusCode);
        }

        Assert.Contains("../openapi/v1.json", start, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text/html,application/xhtml+xml,*/*;q=0.8", HttpStatusCode.Redirect)]
    [InlineData("*/*", HttpStatusCode.NotFound)]
    [InlineData(null, HttpStatusCode.NotFound)]
    public async Task Root_SendsBrowsersToThePage_AndTellsProgramsThatNothingIsThere(string? accept, HttpStatusCode status)
    {
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = _gateway.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.TryAddWithoutValidation("Accept", accept);

        using var response = await client.SendAsync(request);

        Assert.Equal(status, response.StatusCode);
        Assert.Equal(status == HttpStatusCode.Redirect ? "/docs" : null, response.Headers.Location?.ToString());
        Assert.Equal(status == HttpStatusCode.NotFound, (await response.Content.ReadAsStringAsync()).Contains("\"code\":\"invalid_request\"", StringComparison.Ordinal));
    }

    private async Task<IReadOnlyList<string>> FaultsAsync(ApiOperation operation, HttpStatusCode expected, HttpResponseMessage answer)
    {
        Assert.Equal(expected, answer.StatusCode);
        var media = operation.Response((int)expected)!["content"]!["application/json"]!.AsObject();
        return AnswerCheck.Faults(_document, "application/json", media, await answer.Content.ReadAsStringAsync());
    }

    private static IEnumerable<string> Names(MessageDescriptor message) => message.Fields.InDeclarationOrder().Select(field => field.Name).Concat(message.NestedTypes.SelectMany(Names));

    private static IEnumerable<string> Sources(string page) =>
        Regex.Matches(page, "(src|href)=\"(?<source>[^\"]+)\"", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Select(match => match.Groups["source"].Value);

    private EmbedResponse Embed(EmbedRequest request)
    {
        var response = new EmbedResponse { Accepted = new Accepted { Model = request.Model, Version = request.Version, Revision = 1, Instance = _registry.Id }, Usage = new Usage { InputTokens = 2, TotalTokens = 2 } };
        response.Embeddings.AddRange(request.Inputs.Select(_ => new Embedding { Values = { 0.5f, 0.25f } }));
        return response;
    }
}
