using System.Text;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Traffic;
using ModelMesh.Gateway.Shadows;
using ModelMesh.Gateway.Tests.Fakes;
using Microsoft.Extensions.DependencyInjection;

namespace ModelMesh.Gateway.Tests.Shadows;

/// <summary>A gateway over one registry, whose model chat has the version v1 and the shadow s.</summary>
internal sealed class ShadowedGateway(TestGateway gateway, FakeRegistry registry) : IAsyncDisposable
{
    public const string Body = """{"model":"chat","input":"hi"}""";
    public const string Greedy = """{"model":"chat","input":"hi","temperature":0}""";

    public TestGateway Gateway => gateway;

    public FakeRegistry Registry => registry;

    public FakeShadowFigures Figures => gateway.ShadowFigures;

    public IReadOnlyList<FakeCall> Copies => [.. registry.Calls.Where(call => call.Request.Shadow)];

    public IReadOnlyList<FakeCall> Reals => [.. registry.Calls.Where(call => !call.Request.Shadow)];

    public ShadowCopies Sender => gateway.Services.GetRequiredService<ShadowCopies>();

    public static Task<ShadowedGateway> StartAsync(params string[] args) => StartAsync(shadow => shadow, args);

    /// <param name="change">Makes the shadow version what a test needs.</param>
    /// <param name="args">Settings.</param>
    public static Task<ShadowedGateway> StartAsync(Func<ModelVersion, ModelVersion> change, params string[] args) => StartAsync(CatalogOf(change), args);

    public static async Task<ShadowedGateway> StartAsync(FakeCatalog catalog, params string[] args)
    {
        var registry = await FakeRegistry.StartAsync();
        return new ShadowedGateway(await TestGateway.StartAsync(catalog, ["--Shadows:TellInterval=00:00:00.02", .. args], registry), registry);
    }

    /// <summary>With another model that answers where chat cannot.</summary>
    public static Task<ShadowedGateway> StartWithFallbackAsync() => StartAsync(CatalogOf(shadow => shadow).With(new RoutingDefaults
    {
        ModelFallbacks = new Dictionary<string, IReadOnlyList<ModelTarget>>(StringComparer.Ordinal) { ["chat"] = [new ModelTarget("backup")] },
    }));

    /// <summary>Each side answers by its own.</summary>
    public void Behave(Func<FakeCall, Task> real, Func<FakeCall, Task> copy) => registry.Behave = call => call.Request.Shadow ? copy(call) : real(call);

    public async Task<string> AskAsync(string body = Body, string path = "/infer")
    {
        using var response = await SendAsync(body, path);
        return await response.Content.ReadAsStringAsync();
    }

    public Task<HttpResponseMessage> SendAsync(string body = Body, string path = "/infer", CancellationToken cancellationToken = default) => gateway.Client.SendAsync(
        new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") }, HttpCompletionOption.ResponseHeadersRead, cancellationToken);

    public Task CountedAsync(string field, long count = 1) => Eventually.HoldsAsync(() => Figures.Of(field) == count, $"{field} is {count}");

    public async ValueTask DisposeAsync()
    {
        await gateway.DisposeAsync();
        await registry.DisposeAsync();
    }

    private static FakeCatalog CatalogOf(Func<ModelVersion, ModelVersion> change) =>
        new(FakeCatalog.Model(), change(FakeCatalog.Model(version: "s", shadow: true)), FakeCatalog.Model("backup"));
}
