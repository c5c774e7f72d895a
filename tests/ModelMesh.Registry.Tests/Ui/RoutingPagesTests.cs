using System.Net;
using ModelMesh.Contracts.Traffic;
using ModelMesh.Registry.Tests.Admin;
using ModelMesh.Registry.Tests.Replicas;
using ModelMesh.Registry.Ui.Routing;
using Xunit;

namespace ModelMesh.Registry.Tests.Ui;

public sealed class RoutingPagesTests(UiFixture fixture) : IClassFixture<UiFixture>
{
    private readonly TestReplica _replica = fixture.Replica;

    [Fact]
    public async Task Rules_AreInTheOrderInWhichTheyAreAskedWithWhatTheySay()
    {
        await RegisterAsync("ruled");
        await WriteAsync("/rules/later", """{"target":"ruled","priority":-5}""");
        await WriteAsync("/rules/first%20of%20all", """{"target":"ruled@v1","priority":900,"conditions":[{"field":"header.x-team","operator":"in","value":["<b>","ads"]},{"field":"label.k","operator":"exists","value":false}]}""");

        var page = await ReadAsync("/ui/routing");

        Assert.True(page.IndexOf("first of all", StringComparison.Ordinal) < page.IndexOf(">later<", StringComparison.Ordinal));
        Assert.Contains("header.x-team is one of \u201c&lt;b&gt;\u201d, \u201cads\u201d".Replace("\u201c", "&#x201C;", StringComparison.Ordinal).Replace("\u201d", "&#x201D;", StringComparison.Ordinal), page, StringComparison.Ordinal);
        Assert.Contains("label.k is absent", page, StringComparison.Ordinal);
        Assert.Contains("data-call=\"DELETE /rules/first%20of%20all\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Alias_ThatARuleAndALimitName_SaysSoBeforeItIsDeleted()
    {
        await RegisterAsync("aliased");
        await WriteAsync("/aliases/prod", """{"target":"aliased@v1"}""");
        await WriteAsync("/rules/to-prod", """{"target":"prod","conditions":[{"field":"user_tier","operator":"eq","value":"gold"}]}""");
        await WriteAsync("/limits/of-prod", """{"model":"prod","requests_per_minute":5}""");

        var page = await ReadAsync("/ui/routing/aliases");

        Assert.Contains("The deletion is refused as long as this points to it: rule &#x27;to-prod&#x27;. Named by limit &#x27;of-prod&#x27;, to no effect from then on.", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Form_OfAnEntry_HasItAsTheApiShowsItAndTheRevisionThatGuardsIt()
    {
        await RegisterAsync("formed");
        var written = await WriteAsync("/rules/edited", """{"target":"formed","priority":7,"conditions":[{"field":"prompt_length","operator":"gt","value":8000}]}""");

        var page = await ReadAsync("/ui/routing/rules/edit?name=edited");

        Assert.Contains($"data-revision=\"{written.Revision}\"", page, StringComparison.Ordinal);
        Assert.Contains("{&quot;field&quot;:&quot;prompt_length&quot;,&quot;operator&quot;:&quot;gt&quot;,&quot;value&quot;:8000}", page, StringComparison.Ordinal);
        foreach (var field in new[] { "name", "conditions", "target", "priority", "weight", "enabled", "json" })
        {
            Assert.Contains($"data-fault=\"{field}\"", page, StringComparison.Ordinal);
        }

        Assert.Contains("<output class=\"fault\" data-fault></output>", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/ui/routing/rules/edit?name=nobody", "There is no rule &#x27;nobody&#x27;.")]
    [InlineData("/ui/routing/aliases/edit?name=nobody", "There is no alias &#x27;nobody&#x27;.")]
    public async Task Form_OfAnEntryThatIsNot_Is404(string path, string says)
    {
        using var response = await _replica.Http.GetAsync(new Uri(path, UriKind.Relative));

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains(says, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Caller_IsShownWithTheBeginningOfItsHashOnly()
    {
        var hash = string.Concat(Enumerable.Repeat("ab12cd34", 8));
        await WriteAsync("/callers/search", $$"""{"key_sha256":"{{hash}}","tier":"gold"}""");

        Assert.Contains(hash[..12], await ReadAsync("/ui/routing/callers"), StringComparison.Ordinal);
        Assert.DoesNotContain(hash, await ReadAsync("/ui/routing/callers") + await ReadAsync("/ui/routing/callers/edit?name=search"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/ui/routing/defaults", "model_fallbacks")]
    [InlineData("/ui/routing/limits", "Rate limits")]
    [InlineData("/ui/routing/limits/edit", "tokens_per_minute")]
    [InlineData("/ui/routing/explain", "implied_capabilities")]
    [InlineData("/ui/events", "event-subject")]
    public async Task Page_OfEachPart_IsThere(string path, string shows) => Assert.Contains(shows, await ReadAsync(path), StringComparison.Ordinal);

    [Fact]
    public void RuleRows_OfOnePriority_ShareItByWeight()
    {
        var rows = RuleRow.Of([Rule("a", 5, 30), Rule("b", 5, 10), Rule("c", 5, 60) with { Enabled = false }, Rule("d", 1, 7)]);

        Assert.Equal(["a 1 0.75", "b 1 0.25", "c 1 ", "d 2 "], rows.Select(row => FormattableString.Invariant($"{row.Rule.Name} {row.Rank} {row.Share}")));
    }

    private static RoutingRule Rule(string name, int priority, int weight) => new() { Name = name, Priority = priority, Weight = weight, Target = new ModelTarget("chat") };

    private async Task RegisterAsync(string name) => await _replica.RegisterAsync(name);

    private async Task<AdminAnswer> WriteAsync(string path, string body)
    {
        var answer = await _replica.Http.PutAsync(path, body);
        Assert.Equal(HttpStatusCode.Created, answer.Status);
        return answer;
    }

    private Task<string> ReadAsync(string path) => _replica.Http.GetStringAsync(new Uri(path, UriKind.Relative));
}
