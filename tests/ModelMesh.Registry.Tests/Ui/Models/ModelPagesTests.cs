using System.Net;
using System.Text.Json;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Registry.Endpoints;
using ModelMesh.Registry.Tests.Fakes;
using ModelMesh.Registry.Tests.Replicas;
using ModelMesh.ServiceDefaults.Resilience;
using Xunit;

namespace ModelMesh.Registry.Tests.Ui.Models;

/// <summary>The pages of models, rendered by a real replica.</summary>
public sealed class ModelPagesTests(UiFixture fixture) : IClassFixture<UiFixture>
{
    private const string Strange = "meta/llama:70b@fp8 100% %2F";

    private readonly TestReplica _replica = fixture.Replica;

    [Theory]
    [InlineData("", "Traffic split")]
    [InlineData("/versions/a%2Fb%25", "Health of the upstream")]
    [InlineData("/versions/a%2Fb%25/edit", "Review changes")]
    public async Task Page_OfANameFullOfSigns_IsAboutThatModel(string below, string holds)
    {
        await RegisterOnceAsync(new ModelVersion { Name = Strange, Version = "a/b%", BackendType = "mock" });

        var page = await ReadAsync($"/ui/models/{Uri.EscapeDataString(Strange)}{below}");

        Assert.Contains(holds, page, StringComparison.Ordinal);
        Assert.Contains("<h1 id=\"title\">" + (below.EndsWith("/edit", StringComparison.Ordinal) ? "Edit " : "") + Strange, page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/ui/models/nobody")]
    [InlineData("/ui/models/nobody/versions/v1")]
    [InlineData("/ui/models/nobody/versions/v1/edit")]
    [InlineData("/ui/register?from=nobody@v1")]
    public async Task Page_OfAModelThatIsNot_Is404InWords(string path)
    {
        using var response = await _replica.Http.GetAsync(new Uri(path, UriKind.Relative));

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains("is not registered", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_Filtered_ShowsWhatFitsAndSaysWhenNothingDoes()
    {
        await RegisterOnceAsync(TestReplica.Define("filtered-in"));
        await RegisterOnceAsync(TestReplica.Define("left-over"));

        var page = await ReadAsync("/ui/models?q=filtered");
        Assert.Contains("data-key=\"filtered-in@v1\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("data-key=\"left-over@v1\"", page, StringComparison.Ordinal);
        Assert.Contains("No model fits", await ReadAsync("/ui/models?q=zzz-nothing"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Version_WithEndpointsAndSecrets_ShowsBreakersAndReferencesOnly()
    {
        var model = await RegisterOnceAsync(new ModelVersion
        {
            Name = "detailed",
            Version = "v1",
            BackendType = "mock",
            Backend = JsonDocument.Parse("""{"api_key":"env:THE_KEY"}""").RootElement,
            Shadow = true,
            ShadowSample = 25,
        });
        _replica.Get<FakeEndpoints>().Say(model.Id, new EndpointState("http://up:1/v1", 3, CircuitState.Open, 0, 5, TimeSpan.Zero, TimeSpan.FromSeconds(4), "refused <b>"));

        var page = await ReadAsync("/ui/models/detailed/versions/v1");

        Assert.Contains("http://up:1/v1", page, StringComparison.Ordinal);
        Assert.Contains(">open</span> for 4 s", page, StringComparison.Ordinal);
        Assert.Contains("refused &lt;b&gt;", page, StringComparison.Ordinal);
        Assert.Contains("env:THE_KEY", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/ui/playground?model=detailed%40v1\"", page, StringComparison.Ordinal);
        Assert.Contains("gets copies of 25 %", page, StringComparison.Ordinal);
        Assert.Contains("Nothing to compare yet", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Split_OfTwoVersions_BeginsWithTheirWeightsAndLeavesShadowsOut()
    {
        await RegisterOnceAsync(TestReplica.Define("split") with { Weight = 30 });
        await RegisterOnceAsync(TestReplica.Define("split") with { Version = "v2", Weight = 70 });
        await RegisterOnceAsync(TestReplica.Define("split") with { Version = "v3", Shadow = true });

        var page = WebUtility.HtmlDecode(await ReadAsync("/ui/models/split"));

        Assert.Contains("""data-weights="[{"version":"v1","weight":30},{"version":"v2","weight":70}]""", page, StringComparison.Ordinal);
        Assert.Contains("30 %", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Clone_BeginsWithTheNextVersionAndNoWeight()
    {
        await RegisterOnceAsync(TestReplica.Define("cloned", maxConcurrency: 9));

        var page = WebUtility.HtmlDecode(await ReadAsync("/ui/register?from=cloned@v1"));

        Assert.Contains("\"version\": \"v2\"", page, StringComparison.Ordinal);
        Assert.Contains("\"weight\": 0", page, StringComparison.Ordinal);
        Assert.Contains("\"max_concurrency\": 9", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Register_OffersTheTypesThatAnInstanceHasReady()
    {
        Assert.Contains("<option value=\"mock\">mock</option>", await ReadAsync("/ui/register"), StringComparison.Ordinal);
    }

    private async Task<ModelVersion> RegisterOnceAsync(ModelVersion model) => _replica.Catalog.Current.Find(model.Id) ?? await _replica.Writer.RegisterAsync(model);

    private async Task<string> ReadAsync(string path) => await _replica.Http.GetStringAsync(new Uri(path, UriKind.Relative));
}
