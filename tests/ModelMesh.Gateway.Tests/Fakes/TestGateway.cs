using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ModelMesh.Gateway.Cache;
using ModelMesh.Gateway.RateLimits;
using ModelMesh.Gateway.Shadows;
using ModelMesh.ServiceDefaults.Catalog;
using ModelMesh.ServiceDefaults.Figures;
using ModelMesh.ServiceDefaults.Health;
using ModelMesh.ServiceDefaults.Instances;
using ModelMesh.ServiceDefaults.Listening;
using ModelMesh.ServiceDefaults.OpenApi;

namespace ModelMesh.Gateway.Tests.Fakes;

/// <summary>The gateway as its process composes it, on a port of its own, with the store's part faked.</summary>
internal sealed class TestGateway : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TestGateway(WebApplication app)
    {
        _app = app;
        Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        Client = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(30) };
    }

    public Uri Address { get; }

    public HttpClient Client { get; }

    public IServiceProvider Services => _app.Services;

    public FakeFigures Figures => (FakeFigures)Services.GetRequiredService<IMeshFigures>();

    public FakeKeptAnswers KeptAnswers => (FakeKeptAnswers)Services.GetRequiredService<IKeptAnswers>();

    public FakeShadowFigures ShadowFigures => (FakeShadowFigures)Services.GetRequiredService<IShadowFigures>();

    public FakeRateLimiter RateLimiter => (FakeRateLimiter)Services.GetRequiredService<IRateLimiter>();

    public static Task<TestGateway> StartAsync(params FakeRegistry[] registries) => StartAsync(new FakeCatalog(FakeCatalog.Model()), [], registries);

    public static Task<TestGateway> StartAsync(FakeCatalog catalog, string[] args, params FakeRegistry[] registries) =>
        StartAsync(catalog, new FakeDirectory([.. registries.Select(registry => registry.Info)]), args);

    public static async Task<TestGateway> StartAsync(FakeCatalog catalog, IInstanceDirectory? directory, string[] args)
    {
        var builder = WebApplication.CreateBuilder(["--Listen:Http=0", .. args]);
        builder.Logging.ClearProviders();
        builder.AddHealth();
        builder.AddListening(0);
        builder.AddGateway();
        builder.Services.AddSingleton<ICatalog>(catalog);
        builder.Services.AddSingleton<IMeshFigures>(new FakeFigures());
        builder.Services.AddSingleton<IKeptAnswers>(new FakeKeptAnswers());
        builder.Services.AddSingleton<IRateLimiter>(new FakeRateLimiter());
        builder.Services.AddSingleton<IShadowFigures>(new FakeShadowFigures());
        if (directory is not null)
        {
            builder.Services.AddSingleton(directory);
        }

        var app = builder.Build();
        app.MapGateway();
        app.MapOpenApi(typeof(GatewayHelp).Assembly);
        await app.StartAsync();
        return new TestGateway(app);
    }

    public Task<HttpResponseMessage> InferAsync(string body = """{"model":"chat","input":"hi"}""", CancellationToken cancellationToken = default) =>
        SendAsync(new StringContent(body, System.Text.Encoding.UTF8, "application/json"), cancellationToken);

    public Task<HttpResponseMessage> SendAsync(HttpContent content, CancellationToken cancellationToken = default) =>
        Client.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/infer") { Content = content }, HttpCompletionOption.ResponseHeadersRead, cancellationToken);

    /// <summary>What SIGTERM begins.</summary>
    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }
}
