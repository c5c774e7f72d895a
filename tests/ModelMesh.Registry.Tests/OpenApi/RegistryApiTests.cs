using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Registry.Tests.Fakes;
using ModelMesh.Registry.Tests.Plugins;
using ModelMesh.Testing.OpenApi;
using Xunit;

namespace ModelMesh.Registry.Tests.OpenApi;

/// <summary>The registry's OpenAPI document says what the registry does.</summary>
public sealed class RegistryApiTests : IAsyncLifetime
{
    private const string Model = "/models/chat-bot/versions/v1";
    private WholeRegistry _registry = null!;
    private ApiDocument _document = null!;

    private HttpClient Http => _registry.Http;

    public async Task InitializeAsync()
    {
        _registry = await WholeRegistry.StartAsync();
        _document = await ApiDocument.ReadAsync(Http);
    }

    public async Task DisposeAsync() => await _registry.DisposeAsync();

    [Fact]
    public async Task Document_IsValidOpenApi_AndEveryReferenceLeadsSomewhere()
    {
        await DocumentChecks.IsValidAsync(
            _document,
            "#/components/responses/Unauthenticated",
            "#/components/responses/PermissionDenied",
            "#/components/responses/TooMany",
            "#/components/responses/Cancelled",
            "#/components/responses/BackendError",
            "#/components/responses/Timeout");

        Assert.Equal(typeof(RegistryHelp).Assembly.GetName().Version!.ToString(3), _document.Root["info"]!["version"]!.GetValue<string>());
    }

    [Fact]
    public void Document_HasEveryRouteThatIsMapped_AndNoOther()
    {
        var (described, mapped) = _document.Compare(_registry.Services.GetRequiredService<EndpointDataSource>().Endpoints.Where(endpoint => !IsGrpc(endpoint)));

        Assert.Equal(mapped, described);

        // gRPC names its own by method, and those that stand for a method it has not got by a constraint.
        static bool IsGrpc(Endpoint endpoint) =>
            endpoint.Metadata.GetMetadata<GrpcMethodMetadata>() is not null
            || (endpoint is RouteEndpoint { RoutePattern: var pattern } && pattern.ParameterPolicies.Values.Any(policies => policies.Any(policy => policy.Content == "grpcunimplemented")));
    }

    [Fact]
    public void Document_ListsTheErrorsOfTheTable() => DocumentChecks.ListsTheErrorTable(_document);

    [Fact]
    public void Document_ListsTheKindsOfEvents()
    {
        var kinds = typeof(CatalogEventKinds).GetFields().Select(field => (string)field.GetRawConstantValue()!).Order(StringComparer.Ordinal).ToList();

        Assert.Equal(kinds, _document.Root["components"]!["schemas"]!["CatalogEvent"]!["properties"]!["kind"]!["enum"]!.AsArray().Select(kind => kind!.GetValue<string>()).Order(StringComparer.Ordinal));
        var events = _document.Operations.Single(operation => operation.Path == "/events").Response(200)!["content"]!["text/event-stream"]!["x-events"]!.AsObject();
        Assert.Equal(kinds, events.Select(item => item.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Document_ExamplesOfAnswers_AreAsTheirSchemasSay() => DocumentChecks.AnswersItShowsAreAsTheirSchemasSay(_document);

    [Fact]
    public async Task Document_EveryExampleRequest_IsAnsweredAsItSays()
    {
        _registry.Folders.DropMock();
        _registry.Folders.Drop(PluginFolders.Mock.Replace("Mock", "Vllm", StringComparison.Ordinal), "ModelMesh.Backends.Vllm");
        await _registry.ShowsAsync("ModelMesh.Backends.Mock mock 0.1.0 ready");
        await _registry.ShowsAsync("ModelMesh.Backends.Vllm vllm 0.1.0 ready");

        // A model has to be registered before it is changed, read and deleted, and deleted last. What follows changes has no end, and what ends a request has a test of its own.
        var order = new[] { "POST", "PUT", "GET", "DELETE" };
        foreach (var operation in _document.Operations.Where(operation => operation.Path != "/events" && operation.Path != "/requests/{id}" && !IsOfRollouts(operation)).OrderBy(operation => Array.IndexOf(order, operation.Method)))
        {
            foreach (var body in operation.BodySchema is null ? [null] : operation.BodyExamples.Select(example => (JsonObject?)example.Body))
            {
                Assert.Empty(await ExampleRun.FaultsAsync(Http, operation, body));
            }
        }
    }

    [Fact]
    public async Task Document_ARequestWithTheExampleOfEveryField_IsAnswered()
    {
        _registry.Folders.DropMock();
        await _registry.ShowsAsync("ModelMesh.Backends.Mock mock 0.1.0 ready");
        foreach (var operation in _document.Operations.Where(operation => operation.BodySchema is not null && !IsOfRollouts(operation)).OrderBy(operation => operation.Method, StringComparer.Ordinal))
        {
            foreach (var (_, body) in ExampleRun.FullBodies(operation))
            {
                Assert.Empty(await ExampleRun.FaultsAsync(Http, operation, body));
                if (operation is { Method: "POST", Path: "/callers" })
                {
                    // The other way to say the key is about the same caller.
                    await Http.DeleteAsync(new Uri($"/callers/{body["name"]}", UriKind.Relative));
                }
            }
        }

        var stored = JsonNode.Parse(await Http.GetStringAsync(new Uri(Model, UriKind.Relative)))!;
        Assert.Equal("""["chat","tools"]""", stored["capabilities"]!.ToJsonString());
    }

    [Fact]
    public async Task Document_HasEveryFieldThatIsRead_AndNoOther()
    {
        var names = typeof(ModelVersion).GetProperties().Select(property => JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name)).ToList();
        var closed = _document.Operations.Where(operation => operation.IsClosed).ToList();

        Assert.Empty(await KnownFields.DifferencesAsync(Http, closed, names));
    }

    [Theory]
    [InlineData("/docs/index.html")]
    [InlineData("/docs/swagger-ui.css")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/")]
    public async Task PageAndDocument_OnTheGrpcPort_AreNotThere(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_registry.Grpc, path)) { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        request.Headers.Accept.ParseAdd("text/html");

        using var here = await Http.GetAsync(new Uri(path == "/" ? "/docs" : path, UriKind.Relative));
        using var there = await Http.SendAsync(request);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound), (here.StatusCode, there.StatusCode));
    }

    // They have a test of their own, with what they need.
    private static bool IsOfRollouts(ApiOperation operation) => operation.Path.StartsWith("/models/{name}/rollouts", StringComparison.Ordinal);
}
