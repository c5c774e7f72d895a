using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;
using ModelMesh.Registry.Tests.Inference;
using ModelMesh.Registry.Tests.Plugins;
using ModelMesh.Registry.Tests.Requests;
using Xunit;

namespace ModelMesh.Registry.Tests.Ui.Requests;

/// <summary>The page of requests in flight, at one of two replicas.</summary>
[Collection(nameof(RequestsMesh))]
public sealed class RequestsPageTests(RequestsMesh mesh)
{
    [Fact]
    public async Task Page_OfRequestsAtBothReplicas_ShowsThoseThatTheFilterAsksFor()
    {
        await mesh.PutAsync("ui/one:shown", RequestsMesh.Endless);
        await mesh.PutAsync("ui-two-hidden", RequestsMesh.Endless);
        using var there = await StreamAsync(mesh.Two, "ui/one:shown", "ui-shown");
        using var hidden = await StreamAsync(mesh.One, "ui-two-hidden", "ui-hidden");

        var page = await mesh.One.Http.GetStringAsync(new Uri("/ui/requests?model=ui%2Fone%3Ashown&client=", UriKind.Relative));

        Assert.Contains("<strong id=\"requests-total\">1</strong>", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/ui/models/ui%2Fone%3Ashown/versions/v1\"", page, StringComparison.Ordinal);
        Assert.Contains($"<code data-field=\"instance\">{RequestsMesh.IdOf(mesh.Two)}</code>", page, StringComparison.Ordinal);
        Assert.Contains("ui-shown", page, StringComparison.Ordinal);
        Assert.DoesNotContain("ui-hidden", page, StringComparison.Ordinal);
        Assert.Contains("data-topics=\"requests:model=ui%2Fone%3Ashown\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_WhenNothingMatches_SaysSo() => Assert.Contains(
        "No request matches", await mesh.One.Http.GetStringAsync(new Uri("/ui/requests?model=nobody-asks", UriKind.Relative)), StringComparison.Ordinal);

    [Fact]
    public async Task Page_OfAFilterThatIsWrong_IsAFaultThatNamesTheField()
    {
        using var response = await mesh.One.Http.GetAsync(new Uri("/ui/requests?state=asleep", UriKind.Relative));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("state", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Live_OfAFilter_TellsOfARequestOfTheOtherReplicaFromItsBeginningToItsEnd()
    {
        await mesh.PutAsync("ui-live", RequestsMesh.Endless);
        var call = await StreamAsync(mesh.Two, "ui-live", "ui-live-1");
        using var stream = await mesh.One.Http.GetStreamAsync(new Uri($"/ui/live?topics={Uri.EscapeDataString("mesh,requests:model=ui-live")}", UriKind.Relative));
        await using var events = SseParser.Create(stream).EnumerateAsync().GetAsyncEnumerator();

        var facts = (await NextAsync(data => data["set"]!.AsObject().Any(entry => (string?)(entry.Value as JsonObject)?["id"] == "ui-live-1")))["set"]!.AsObject();
        var key = facts.First(entry => (string?)(entry.Value as JsonObject)?["id"] == "ui-live-1").Key;
        Assert.Equal("streaming", (string?)facts[key + "#"]!["state"]);
        call.Dispose();
        await NextAsync(data => data["gone"]?.AsArray().Any(gone => (string?)gone == key) == true);

        async Task<JsonNode> NextAsync(Func<JsonNode, bool> wanted)
        {
            while (true)
            {
                Assert.True(await events.MoveNextAsync());
                if (events.Current.EventType.StartsWith("requests", StringComparison.Ordinal) && JsonNode.Parse(events.Current.Data) is { } data && wanted(data))
                {
                    return data;
                }
            }
        }
    }

    [Theory]
    [InlineData("requests:state=asleep")]
    [InlineData("requests:model=%0A\u00e4\n")]
    [InlineData("models:x=1")]
    public async Task Live_OfAFilterThatIsWrong_IsRefused(string topic)
    {
        using var response = await mesh.One.Http.GetAsync(new Uri($"/ui/live?topics={Uri.EscapeDataString(topic)}", UriKind.Relative));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    private static Task<InferCall> StreamAsync(WholeRegistry registry, string model, string id) => RequestsMesh.StreamAsync(registry, RequestsMesh.Request(model, id));
}
