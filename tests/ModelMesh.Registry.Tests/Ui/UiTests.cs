using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;
using ModelMesh.Registry.Tests.Replicas;
using Xunit;

namespace ModelMesh.Registry.Tests.Ui;

/// <summary>The pages and their event stream, at a real replica.</summary>
public sealed class UiTests(UiFixture fixture) : IClassFixture<UiFixture>
{
    private readonly TestReplica _replica = fixture.Replica;

    [Fact]
    public async Task Pages_OfTheNavigation_AllAnswerWithTheirOwnTitle()
    {
        var shell = await ReadAsync("/ui/models");
        var titles = new HashSet<string>(StringComparer.Ordinal);
        foreach (var path in Between(shell, "<nav ", "</nav>").Split("href=\"").Skip(1).Select(link => link[..link.IndexOf('"', StringComparison.Ordinal)]).Where(path => path.StartsWith("/ui", StringComparison.Ordinal)).Distinct(StringComparer.Ordinal))
        {
            var page = await ReadAsync(path);
            Assert.True(titles.Add(Between(page, "<title>", "</title>")), path);
            Assert.Equal(1, Between(page, "<nav id=\"nav\"", "</nav>").Split("aria-current=\"page\"").Length - 1);
        }

        Assert.True(titles.Count >= 8, string.Join(", ", titles));
    }

    [Fact]
    public async Task Page_OfAModelWhoseNameIsMarkup_ShowsItAsText()
    {
        await _replica.RegisterAsync("<script>alert('x')</script>");

        var page = await ReadAsync("/ui/models");
        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_ThatThereIsNot_Is404AsAPage()
    {
        using var response = await _replica.Http.GetAsync(new Uri("/ui/nonsense", UriKind.Relative));

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
        Assert.Contains("There is no such page", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_MayRunItsOwnScriptsOnly()
    {
        using var response = await _replica.Http.GetAsync(new Uri("/ui/models", UriKind.Relative));

        Assert.Contains("script-src 'self';", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        var page = await response.Content.ReadAsStringAsync();
        Assert.DoesNotContain(" onclick=", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<script>", page, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Assets_ThatAPageNames_AreThereAndMayBeKeptForEver()
    {
        var page = await ReadAsync("/ui/models");
        var paths = page.Split('"').Where(text => text.StartsWith("/ui/assets/", StringComparison.Ordinal)).ToArray();
        Assert.NotEmpty(paths);
        foreach (var path in paths)
        {
            using var response = await _replica.Http.GetAsync(new Uri(path, UriKind.Relative));
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Contains("immutable", response.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Live_AfterAChange_TellsOfItWithoutBeingAsked()
    {
        await _replica.RegisterAsync("first");
        using var stream = await _replica.Http.GetStreamAsync(new Uri("/ui/live?topics=mesh,models", UriKind.Relative));
        await using var events = SseParser.Create(stream).EnumerateAsync().GetAsyncEnumerator();
        var (revision, models) = (0L, new HashSet<string>(StringComparer.Ordinal));
        await FollowAsync(() => models.Contains("first@v1"));
        var before = revision;

        await _replica.RegisterAsync("second/with:signs@1");
        await FollowAsync(() => revision > before && models.Contains("second%2Fwith%3Asigns%401@v1"));

        async Task FollowAsync(Func<bool> seen)
        {
            while (!seen())
            {
                Assert.True(await events.MoveNextAsync());
                var set = JsonNode.Parse(events.Current.Data)!["set"]!.AsObject();
                if (events.Current.EventType == "mesh")
                {
                    revision = (long?)set["revision"] ?? revision;
                }
                else
                {
                    models.UnionWith(set.Select(entry => entry.Key));
                }
            }
        }
    }

    [Theory]
    [InlineData("/ui/live")]
    [InlineData("/ui/live?topics=mesh,nonsense")]
    [InlineData("/ui/live?topics=requests:client=1,requests:client=2,requests:client=3,requests:client=4,requests:client=5,requests:client=6,requests:client=7,requests:client=8,requests:client=9")]
    public async Task Live_OfTopicsThatThereAreNotOrAreTooMany_IsRefused(string path)
    {
        using var response = await _replica.Http.GetAsync(new Uri(path, UriKind.Relative));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("topics", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private Task<string> ReadAsync(string path) => _replica.Http.GetStringAsync(new Uri(path, UriKind.Relative));

    private static string Between(string text, string from, string to)
    {
        var start = text.IndexOf(from, StringComparison.Ordinal) + from.Length;
        return text[start..text.IndexOf(to, start, StringComparison.Ordinal)];
    }
}
