using System.Net;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Nodes;
using ModelMesh.Registry.Tests.Requests;
using Xunit;

namespace ModelMesh.Registry.Tests.Ui.Playground;

/// <summary>The playground's stream, at a whole replica.</summary>
[Collection(nameof(RequestsMesh))]
public sealed class PlaygroundTests(RequestsMesh mesh)
{
    [Fact]
    public async Task Stream_OfAModelByName_SaysWhoServesAndWhatTheyAnswer()
    {
        await mesh.PutAsync("play-name", """{"text":"one two three","reasoning":"hm"}""");

        var events = await AllAsync(new { model = "play-name", messages = Hi });

        Assert.Equal(["routed", "accepted", "tokens", "completed"], events.Select(told => told.Name).Distinct());
        Assert.Equal("model", (string?)events[0].Data["by"]);
        var accepted = events[1].Data;
        Assert.Equal(("play-name", "v1", RequestsMesh.IdOf(mesh.One)), ((string?)accepted["model"], (string?)accepted["version"], (string?)accepted["instance"]));
        Assert.Equal("one two three", string.Concat(events.Select(told => (string?)told.Data["text"])));
        Assert.Equal("hm", string.Concat(events.Select(told => (string?)told.Data["reasoning"])));
        Assert.Equal(1, (int?)events.First(told => told.Name == "tokens").Data["cost"]!["attempts"]);
        Assert.Equal(("stop", 4), ((string?)events[^1].Data["finish_reason"], (int)events[^1].Data["output_tokens"]!));
        Assert.Equal((long)accepted["revision"]!, (long)events[^1].Data["current_revision"]!);
    }

    [Fact]
    public async Task Stream_ThatRuns_IsInFlightAsThePlaygroundsAndEndsWithThePage()
    {
        await mesh.PutAsync("play-flight", RequestsMesh.Endless);
        using (var response = await PostAsync(new { model = "play-flight@v1", messages = Hi }))
        {
            await using var events = ReadAsync(response).GetAsyncEnumerator();
            while (await events.MoveNextAsync() && events.Current.Name != "tokens")
            {
            }

            var listed = await RequestsMesh.ListAsync(mesh.Two, "client=playground&model=play-flight");
            Assert.Equal("streaming", Assert.Single(listed.GetProperty("requests").EnumerateArray()).GetProperty("state").GetString());
        }

        await Eventually.HoldsAsync(async () => await mesh.ActiveAsync("play-flight") == 0, TimeSpan.FromSeconds(20), "its slot is free");
    }

    [Fact]
    public async Task Stream_WhoseFirstVersionIsFull_MovesToTheNextOneAndSaysWhy()
    {
        await mesh.PutAsync("play-full", RequestsMesh.Endless, maxConcurrency: 1, change: model => model with { Weight = 1_000_000, MaxQueue = 0 });
        await mesh.PutAsync("play-full", """{"text":"here"}""", change: model => model with { Version = "v2", Weight = 1 });
        using var taken = await RequestsMesh.StreamAsync(mesh.One, RequestsMesh.Request("play-full", "play-full-1"));

        var events = await AllAsync(new { model = "play-full", messages = Hi });

        var moved = events.Single(told => told.Name == "moved").Data;
        Assert.Equal(("v2", "capacity_exceeded"), ((string?)moved["version"], (string?)moved["because"]!["code"]));
        Assert.Equal("here", string.Concat(events.Select(told => (string?)told.Data["text"])));
    }

    [Fact]
    public async Task Stream_ThatFailsInItsMidst_EndsWithTheErrorInWords()
    {
        await mesh.PutAsync("play-broken", """{"tokens":9,"fail_after_tokens":2}""");

        var events = await AllAsync(new { model = "play-broken", messages = Hi });

        Assert.Equal("error", events[^1].Name);
        Assert.Equal("backend_error", (string?)events[^1].Data["error"]!["code"]);
        Assert.NotEmpty((string?)events[^1].Data["error"]!["message"] ?? "");
    }

    [Theory]
    [InlineData("""{"model":"nobody-has-it","messages":[{"role":"user","content":"hi"}]}""", 404, "model_not_found")]
    [InlineData("""{"messages":[]}""", 400, "invalid_request")]
    public async Task Stream_OfWhatCannotBe_IsRefusedBeforeItBegins(string body, int status, string code)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await mesh.One.Http.PostAsync(Path, content);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(code, (string?)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["error"]!["code"]);
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site", "application/json", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "http://evil.example", "application/json", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "same-origin", "text/plain", HttpStatusCode.BadRequest)]
    public async Task Stream_AskedForByAnotherSitesPage_IsRefused(string header, string value, string type, HttpStatusCode status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Path) { Content = new StringContent("""{"messages":[{"role":"user","content":"hi"}]}""", Encoding.UTF8, type) };
        request.Headers.Add(header, value);
        using var response = await mesh.One.Http.SendAsync(request);

        Assert.Equal(status, response.StatusCode);
    }

    [Fact]
    public async Task Page_OffersNamesAndVersionsAndTakesItsChoiceFromTheAddress()
    {
        await mesh.PutAsync("play/offered:7b", "{}");

        var page = await mesh.One.Http.GetStringAsync(new Uri("/ui/playground?model=play%2Foffered%3A7b%40v1&beside=%22%3E%3Cb%3E", UriKind.Relative));

        Assert.Contains("<option value=\"play/offered:7b@v1\" data-model=\"play/offered:7b\" data-version=\"v1\">", page, StringComparison.Ordinal);
        Assert.Contains("value=\"play/offered:7b@v1\" placeholder", page, StringComparison.Ordinal);
        Assert.Contains("data-sides=\"2\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", page, StringComparison.Ordinal);
    }

    private static readonly object[] Hi = [new { role = "user", content = "hi" }];

    private static readonly Uri Path = new("/ui/playground/stream", UriKind.Relative);

    private async Task<HttpResponseMessage> PostAsync(object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Path) { Content = JsonContent.Create(body) };
        var response = await mesh.One.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return response;
    }

    private async Task<List<(string Name, JsonNode Data)>> AllAsync(object body)
    {
        using var response = await PostAsync(body);
        List<(string Name, JsonNode Data)> events = [];
        await foreach (var told in ReadAsync(response))
        {
            events.Add(told);
        }

        return events;
    }

    private static async IAsyncEnumerable<(string Name, JsonNode Data)> ReadAsync(HttpResponseMessage response, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        await foreach (var told in SseParser.Create(stream).EnumerateAsync(cancellationToken))
        {
            yield return (told.EventType, JsonNode.Parse(told.Data)!);
        }
    }
}
