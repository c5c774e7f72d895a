using System.Globalization;
using System.Text;
using System.Text.Json;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Gateway.Cache.Flights;
using ModelMesh.Gateway.Tests.Fakes;
using ModelMesh.Gateway.Traffic;
using Microsoft.Extensions.DependencyInjection;

namespace ModelMesh.Gateway.Tests.Cache;

/// <summary>A gateway over registries, whose one model keeps answers.</summary>
internal sealed class CachingGateway(TestGateway gateway) : IAsyncDisposable
{
    public const string Body = """{"model":"chat","input":"hi","temperature":0}""";

    public TestGateway Gateway => gateway;

    public FakeKeptAnswers Kept => gateway.KeptAnswers;

    /// <summary>How many answers are being made, or kept.</summary>
    public int Flights => Table.Count;

    private FlightTable Table => gateway.Services.GetRequiredService<FlightTable>();

    public static Task<CachingGateway> StartAsync(params FakeRegistry[] registries) => StartAsync(new ModelCache { TtlSeconds = 60 }, [], registries);

    public static async Task<CachingGateway> StartAsync(ModelCache? cache, string[] args, params FakeRegistry[] registries) =>
        new(await TestGateway.StartAsync(new FakeCatalog(FakeCatalog.Model() with { Cache = cache }), args, registries));

    public Task<HttpResponseMessage> StreamAsync(string? wish = null, string body = Body, int? priority = null, CancellationToken cancellationToken = default) =>
        SendAsync("/infer", body, wish, cancellationToken, priority);

    public Task<HttpResponseMessage> WholeAsync(string? wish = null, CancellationToken cancellationToken = default) =>
        SendAsync("/v1/chat/completions", """{"model":"chat","temperature":0,"messages":[{"role":"user","content":"hi"}]}""", wish, cancellationToken);

    public async Task<(string Cache, string Text, int Status)> AskAsync(string? wish = null, string body = Body)
    {
        using var response = await StreamAsync(wish, body);
        return (CacheOf(response), await TextAsync(response), (int)response.StatusCode);
    }

    /// <summary>Waits until what is being made is kept, if it is to be.</summary>
    public Task SettledAsync() => Eventually.HoldsAsync(() => Flights == 0, "no answer is being made");

    /// <summary>Waits until this many requests share what is being made.</summary>
    public Task SharedByAsync(int requests) => Eventually.HoldsAsync(() => Table.Passengers == requests, $"{requests} requests share an answer");

    public static string CacheOf(HttpResponseMessage response) => response.Headers.TryGetValues(CallHeaders.Cache, out var values) ? values.Single() : "";

    /// <summary>The joined tokens, and <c>!</c> where the answer is complete.</summary>
    public static async Task<string> TextAsync(HttpResponseMessage response)
    {
        var text = new StringBuilder();
        foreach (var item in (await response.Content.ReadAsStringAsync()).Split("\n\n", StringSplitOptions.RemoveEmptyEntries))
        {
            var lines = item.Split('\n');
            text.Append(lines[0] switch
            {
                "event: token" => JsonDocument.Parse(lines[1]["data: ".Length..]).RootElement.GetProperty("token").GetString(),
                "event: done" => "!",
                _ => "",
            });
        }

        return text.ToString();
    }

    public ValueTask DisposeAsync() => gateway.DisposeAsync();

    private Task<HttpResponseMessage> SendAsync(string path, string body, string? wish, CancellationToken cancellationToken, int? priority = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (wish is not null)
        {
            request.Headers.Add(CallHeaders.Cache, wish);
        }

        if (priority is { } place)
        {
            request.Headers.Add(CallHeaders.Priority, place.ToString(CultureInfo.InvariantCulture));
        }

        return gateway.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }
}
