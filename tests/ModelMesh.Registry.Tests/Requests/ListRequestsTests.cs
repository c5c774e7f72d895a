using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Instances;
using ModelMesh.Contracts.V1;
using ModelMesh.Registry.Instances;
using ModelMesh.Registry.Tests.Admin;
using ModelMesh.ServiceDefaults.Instances;
using Xunit;

namespace ModelMesh.Registry.Tests.Requests;

/// <summary><c>GET /requests</c> at two whole replicas of one mesh.</summary>
[Collection(nameof(RequestsMesh))]
public sealed class ListRequestsTests(RequestsMesh mesh)
{
    [Fact]
    public async Task List_OfEitherReplica_HasTheRequestsOfBothWithWhatIsKnownOfThem()
    {
        await mesh.PutAsync("seen", RequestsMesh.Endless, maxConcurrency: 1);
        await mesh.PutAsync("silent", """{"hang":true}""", change: model => model with { Backends = [At("http://one.example/v1?key=x"), At("http://one.example/v1?key=y")] });
        var client = new Client { Address = "10.1.2.3", UserAgent = "curl/8", Caller = "shop", Gateway = "gw" };
        using var streaming = await RequestsMesh.StreamAsync(mesh.One, RequestsMesh.Request("seen", "list-1", priority: 7, client: client));
        using var queued = mesh.Two.Infer(RequestsMesh.Request("seen", "list-2"));
        using var waiting = mesh.Two.Infer(RequestsMesh.Request("silent", "list-3"));
        await Eventually.HoldsAsync(() => waiting.Accepted is not null && queued.Positions.Count > 0, "one waits for a token, one for a slot");
        await Eventually.HoldsAsync(async () => (await RowAsync(mesh.One, "list-3")).TryGetProperty("endpoint", out _), TimeSpan.FromSeconds(10), "the backend is asked");

        foreach (var registry in new[] { mesh.One, mesh.Two })
        {
            var seen = await RequestsMesh.ListAsync(registry, "model=seen");

            Assert.Equal(["list-1", "list-2"], RequestsMesh.Ids(seen));
            Assert.Equal("""{"requests":2,"queued":1,"waiting":0,"streaming":1}""", seen.GetProperty("totals").GetRawText());
            Assert.Equal("[]", seen.GetProperty("unreachable").GetRawText());
            var first = seen.GetProperty("requests")[0];
            Assert.Equal((RequestsMesh.IdOf(mesh.One), "infer", "v1", "streaming", 1, 7, false), (
                first.GetProperty("instance").GetString(), first.GetProperty("operation").GetString(), first.GetProperty("version").GetString(), first.GetProperty("state").GetString(),
                first.GetProperty("attempt").GetInt32(), first.GetProperty("priority").GetInt32(), first.GetProperty("shadow").GetBoolean()));
            Assert.Equal("""{"address":"10.1.2.3","user_agent":"curl/8","caller":"shop","gateway":"gw"}""", first.GetProperty("client").GetRawText());
            Assert.True(first.GetProperty("tokens").GetInt64() > 0 && first.GetProperty("revision").GetInt64() > 0);
            Assert.InRange(first.GetProperty("age_ms").GetInt64(), first.GetProperty("time_to_first_token_ms").GetInt64(), long.MaxValue);
            var second = seen.GetProperty("requests")[1];
            Assert.Equal(("queued", 0, 0), (second.GetProperty("state").GetString(), second.GetProperty("attempt").GetInt32(), second.GetProperty("tokens").GetInt32()));
            Assert.DoesNotContain(second.EnumerateObject(), field => field.Name is "revision" or "client" or "endpoint" or "time_to_first_token_ms");
        }

        var third = await RowAsync(mesh.One, "list-3");
        Assert.Equal((RequestsMesh.IdOf(mesh.Two), "waiting", "http://one.example/v1"), (third.GetProperty("instance").GetString(), third.GetProperty("state").GetString(), third.GetProperty("endpoint").GetString()));
    }

    [Fact]
    public async Task Filters_AndPages_ShowWhatMatchesTheOldestFirst()
    {
        await mesh.PutAsync("paged", RequestsMesh.Endless);
        using var a = await RequestsMesh.StreamAsync(mesh.Two, RequestsMesh.Request("paged", "page-a", client: new Client { Caller = "shop" }));
        using var b = await RequestsMesh.StreamAsync(mesh.One, RequestsMesh.Request("paged", "page-b", client: new Client { Address = "::1" }));
        using var c = await RequestsMesh.StreamAsync(mesh.Two, RequestsMesh.Request("paged", "page-c"));

        List<string> paged = [];
        string? cursor = null;
        do
        {
            var page = await RequestsMesh.ListAsync(mesh.One, $"model=paged&limit=1{(cursor is null ? "" : $"&cursor={cursor}")}");
            Assert.Equal(3, page.GetProperty("totals").GetProperty("requests").GetInt32());
            paged.Add(Assert.Single(RequestsMesh.Ids(page)));
            cursor = page.TryGetProperty("next_cursor", out var next) ? next.GetString() : null;
        }
        while (cursor is not null);

        Assert.Equal(["page-a", "page-b", "page-c"], paged);
        foreach (var (query, expected) in new[]
        {
            ("client=shop", "page-a"), ("client=::1", "page-b"), ($"instance={RequestsMesh.IdOf(mesh.Two)}", "page-a page-c"), ($"instance={RequestsMesh.IdOf(mesh.One)}", "page-b"),
            ("state=streaming", "page-a page-b page-c"), ("state=queued", ""), ("version=v2", ""), ("client=nobody", ""), ("instance=nobody", ""),
        })
        {
            Assert.Equal((query, expected), (query, string.Join(' ', RequestsMesh.Ids(await RequestsMesh.ListAsync(mesh.One, $"model=paged&{query}")))));
        }
    }

    [Fact]
    public async Task Query_WithFaults_IsRefusedWithAllOfThem()
    {
        var answer = await mesh.One.Http.ReadAsync("/requests?state=done&limit=0&cursor=x&colour=red");

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal(
            ["colour: is not a known parameter; known are model, version, state, instance, client, limit, cursor", "state: must be one of queued, waiting, streaming",
             "limit: must be a whole number from 1 to 1000", "cursor: must be the next_cursor of an earlier answer"],
            answer.Faults);
    }

    [Fact]
    public async Task ReplicaThatDoesNotAnswer_IsNamed_AndTheRestIsShown()
    {
        using var mute = new TcpListener(IPAddress.Loopback, 0);
        mute.Start();
        await using var alone = new AnnouncedReplica(mesh, new InstanceInfo("mute", $"http://{mute.LocalEndpoint}", "", [], DateTimeOffset.UnixEpoch));
        await alone.IsKnownAsync();
        await mesh.PutAsync("shown", RequestsMesh.Endless);
        using var here = await RequestsMesh.StreamAsync(mesh.One, RequestsMesh.Request("shown", "shown-1"));

        var list = await RequestsMesh.ListAsync(mesh.One, "model=shown");
        var unknown = await mesh.One.Http.RemoveAsync("/requests/nobody");
        var ended = await mesh.One.Http.RemoveAsync("/requests/shown-1");

        Assert.Equal(("shown-1", """["mute"]"""), (Assert.Single(RequestsMesh.Ids(list)), list.GetProperty("unreachable").GetRawText()));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "backend_unavailable", true), (unknown.Status, unknown.ErrorCode, unknown.Message.Contains("mute", StringComparison.Ordinal)));
        Assert.Equal((HttpStatusCode.OK, """["mute"]"""), (ended.Status, ended.Body.GetProperty("unreachable").GetRawText()));
    }

    private static ModelEndpoint At(string endpoint) => new() { Endpoint = endpoint };

    private static async Task<JsonElement> RowAsync(Plugins.WholeRegistry registry, string id) =>
        (await RequestsMesh.ListAsync(registry, "limit=1000")).GetProperty("requests").EnumerateArray().SingleOrDefault(request => request.GetProperty("id").GetString() == id);

    /// <summary>A replica that is in the store, and nowhere else.</summary>
    private sealed class AnnouncedReplica(RequestsMesh mesh, InstanceInfo info) : IAsyncDisposable
    {
        private readonly InstanceAnnouncement _announcement = mesh.One.Services.GetRequiredService<InstanceAnnouncement>();

        public async Task IsKnownAsync()
        {
            await _announcement.WriteAsync(info, TimeSpan.FromMinutes(1), tellOthers: true);
            await Eventually.HoldsAsync(() => Directories().All(IsIn), "it is known");
        }

        public async ValueTask DisposeAsync()
        {
            await _announcement.RemoveAsync(info.Id);
            await Eventually.HoldsAsync(() => !Directories().Any(IsIn), "it is forgotten");
        }

        private bool IsIn(IInstanceDirectory directory) => directory.Current.Any(instance => instance.Id == info.Id);

        private IEnumerable<IInstanceDirectory> Directories() => new[] { mesh.One, mesh.Two }.Select(registry => registry.Services.GetRequiredService<IInstanceDirectory>());
    }
}
