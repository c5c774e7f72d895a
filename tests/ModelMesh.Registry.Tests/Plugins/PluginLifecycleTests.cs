using System.Net;
using System.Text.Json.Nodes;
using Xunit;
using static ModelMesh.Registry.Tests.Fakes.PluginFolders;

namespace ModelMesh.Registry.Tests.Plugins;

/// <summary>Folders that come, change and go while a registry runs, as an operator sees it: files in, <c>GET /backends</c> out.</summary>
public sealed class PluginLifecycleTests : IAsyncLifetime
{
    private WholeRegistry _registry = null!;

    public async Task InitializeAsync()
    {
        _registry = await WholeRegistry.StartAsync();
        _registry.Folders.Drop(TestPlugin("GoodV1"), "Good");
        await _registry.ShowsAsync("Good good 1.0.0 ready");
        await _registry.RegisterAsync("chat", "good");
    }

    // What breaks beside it harms nobody.
    public async Task DisposeAsync()
    {
        Assert.StartsWith("v", await _registry.AnswerAsync("chat"), StringComparison.Ordinal);
        await _registry.DisposeAsync();
    }

    [Fact]
    public async Task Drop_AFolder_ItsTypeIsUsableWithin2Seconds()
    {
        var since = TimeProvider.System.GetTimestamp();
        _registry.Folders.Drop(TestPlugin("PrivateDependency"), "PrivateDependency");
        await _registry.ShowsAsync("PrivateDependency private-dependency 0.1.0 ready");

        Assert.InRange(TimeProvider.System.GetElapsedTime(since), TimeSpan.Zero, TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task Replace_AFolderUnderAStream_TheStreamEndsOnTheOldBuildAndTheNextRunsOnTheNew()
    {
        using var running = _registry.Infer("chat", "200,10");
        await running.FirstToken;
        _registry.Folders.Drop(TestPlugin("GoodV2"), "Good");
        await _registry.ShowsAsync("Good good 2.0.0 ready");

        Assert.Equal("v2", await _registry.AnswerAsync("chat"));
        Assert.False(running.Ended.IsCompleted, "the stream outlives the replacement");
        Assert.Equal(2, _registry.Builds());
        await running.CompletedAsync();
        Assert.Equal(string.Concat(Enumerable.Repeat("v1", 200)), running.Text);
        await Eventually.HoldsAsync(() => _registry.Builds() == 1, "then it is unloaded");
        await Eventually.HoldsAsync(() => _registry.Copies.Count == 1, "and its copy deleted");
    }

    [Fact]
    public async Task Replace_ByABrokenBuild_RefusedWithTheReasonAndTheOldBuildServesOn()
    {
        await File.WriteAllTextAsync(Path.Combine(_registry.Folders["Good"], "Good.dll"), "not an assembly");
        await _registry.ShowsAsync("Good good 1.0.0 ready", "The folder's new content was refused: BadImageFormatException");

        Assert.Equal("v1", await _registry.AnswerAsync("chat"));
    }

    [Fact]
    public async Task Remove_AFolderUnderAStream_TheStreamEndsWholeTheModelFailsWithTheReasonAndTheContextUnloads()
    {
        using var running = _registry.Infer("chat", "100,10");
        await running.FirstToken;
        Directory.Delete(_registry.Folders["Good"], recursive: true);
        await _registry.ShowsAsync("Good good 1.0.0 removed", "The folder is gone.");
        using var refused = _registry.Infer("chat", "1,0");

        Assert.Equal("The plugin 'Good' that served backend type 'good' was removed.", (await refused.FailedAsync()).Message);
        Assert.Contains("\"status\":\"failed\",\"status_reason\":\"The plugin 'Good' that served backend type 'good' was removed.\"", await _registry.Http.GetStringAsync(new Uri("/models/chat/versions/v1", UriKind.Relative)), StringComparison.Ordinal);
        await running.CompletedAsync();
        Assert.Equal(100, running.Tokens.Count);
        await Eventually.HoldsAsync(() => _registry.Copies.Count == 0, "its copy is deleted, so it is unloaded");

        _registry.Folders.Drop(TestPlugin("GoodV2"), "Good");
        await _registry.ShowsAsync("Good good 2.0.0 ready");
        Assert.Equal("v2", await _registry.AnswerAsync("chat"));
    }

    [Fact]
    public async Task Drop_ADependencyIsMissing_FailedWithItsNameAndMendedWhenItComes()
    {
        _registry.Folders.Drop(TestPlugin("PrivateDependency"), "PrivateDependency");
        File.Delete(Path.Combine(_registry.Folders["PrivateDependency"], "PrivateLib.dll"));
        await _registry.ShowsAsync("PrivateDependency - - failed", "It needs PrivateLib 0.1.0.0, which cannot be loaded");
        await NothingStaysAsync();

        _registry.Folders.Drop(TestPlugin("PrivateDependency"), "PrivateDependency");
        await _registry.ShowsAsync("PrivateDependency private-dependency 0.1.0 ready");
    }

    [Fact]
    public async Task Drop_BuiltAgainstAnotherMajorSdk_FailedWithBothVersions()
    {
        _registry.Folders.Drop(TestPlugin("WrongSdk"), "WrongSdk");
        await _registry.ShowsAsync("WrongSdk - - failed", "It was built against ModelMesh.Backends.Sdk 99.0; this registry has 1.");
        await NothingStaysAsync();
    }

    [Fact]
    public async Task Drop_TheFactorysConstructorThrows_FailedWithWhatItThrew()
    {
        _registry.Folders.DropMisbehaving("throw");
        await _registry.ShowsAsync("Misbehaving - - failed", "The constructor of Misbehaving.MisbehavingFactory threw InvalidOperationException: no luck today");
        await NothingStaysAsync();
    }

    [Fact]
    public async Task Drop_TheTypeIsNoName_FailedWithTheRule()
    {
        _registry.Folders.DropMisbehaving("Not Valid");
        await _registry.ShowsAsync("Misbehaving - - failed", "it must be 1 to 50 lower-case letters, digits, '-' and '_'.");
        await NothingStaysAsync();
    }

    [Fact]
    public async Task Drop_NoFactoryIsNamed_FailedWithWhatIsMissing()
    {
        _registry.Folders.Drop(TestPlugin("NoAttribute"), "NoAttribute");
        await _registry.ShowsAsync("NoAttribute - - failed", "It has no [assembly: BackendFactory(typeof(…))] that names its factory.");
        await NothingStaysAsync();
    }

    [Fact]
    public async Task Drop_ASecondFolderOfOneType_FailedWithTheOwnersNameAndTakesOverWhenThatOneGoes()
    {
        _registry.Folders.DropMisbehaving("good");
        await _registry.ShowsAsync("Misbehaving - - failed", "Backend type 'good' is already served by the plugin 'Good'.");
        Directory.Delete(_registry.Folders["Good"], recursive: true);
        await _registry.ShowsAsync("Misbehaving good 0.1.0 ready");

        Directory.Delete(_registry.Folders["Misbehaving"], recursive: true);
        await _registry.ShowsAsync("Misbehaving good 0.1.0 removed");
        _registry.Folders.Drop(TestPlugin("GoodV1"), "Good");
        await _registry.ShowsAsync("Good good 1.0.0 ready");
    }

    [Fact]
    public async Task Drop_TwoPluginsWithTwoVersionsOfOneLibrary_BothServeAtOnceEachWithItsOwn()
    {
        _registry.Folders.Drop(TestPlugin("PrivateDependency"), "PrivateDependency");
        _registry.Folders.Drop(TestPlugin("PrivateDependencyV2"), "PrivateDependencyV2");
        await _registry.ShowsAsync("PrivateDependency private-dependency 0.1.0 ready");
        await _registry.ShowsAsync("PrivateDependencyV2 private-later 0.1.0 ready");
        await _registry.RegisterAsync("older", "private-dependency");
        await _registry.RegisterAsync("newer", "private-later");

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(call => _registry.AnswerAsync(call % 2 == 0 ? "older" : "newer")));

        Assert.Equal(["lib-dependency 0.1.0.0", "lib-later 2.0.0.0"], answers.Distinct(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Drop_APluginWithItsOwnVersionOfWhatTheRegistryUses_EachHasItsOwn()
    {
        _registry.Folders.Drop(TestPlugin("RivalDependency"), "RivalDependency");
        await _registry.ShowsAsync("RivalDependency rival 0.1.0 ready");
        await _registry.RegisterAsync("rival", "rival");

        Assert.Equal("of another release 99.0.0.0", await _registry.AnswerAsync("rival"));
        Assert.NotEqual(99, typeof(Google.Protobuf.IMessage).Assembly.GetName().Version!.Major);
    }

    [Fact]
    public async Task Remove_APluginThatThrewWhereverItCould_ItsContextUnloadsAllTheSame()
    {
        _registry.Folders.Drop(TestPlugin("Leaky"), "Leaky");
        await _registry.ShowsAsync("Leaky leaky 0.1.0 ready");
        using var taken = await _registry.PostAsync("leaky", "leaky", new JsonObject { ["disposes_badly"] = true });
        using var failed = await _registry.PostAsync("later", "leaky", new JsonObject { ["refuse"] = "later" });
        using var refused = await _registry.PostAsync("never", "leaky", new JsonObject { ["refuse"] = "unexpectedly" });
        Assert.Equal([HttpStatusCode.Created, HttpStatusCode.Created, HttpStatusCode.BadRequest], new[] { taken, failed, refused }.Select(answer => answer.StatusCode));
        foreach (var order in (string[])["invalid", "ordinary", "midstream", "cut"])
        {
            using var call = _registry.Infer("leaky", order);
            Assert.NotNull(await call.Ended);
        }

        Directory.Delete(_registry.Folders["Leaky"], recursive: true);
        await _registry.ShowsAsync("Leaky leaky 0.1.0 removed");
        await NothingStaysAsync();
    }

    private async Task NothingStaysAsync()
    {
        await Eventually.HoldsAsync(() => _registry.Builds() == 1, "the refused plugin is collected");
        await Eventually.HoldsAsync(() => _registry.Copies.Count == 1, "its copy is deleted");
    }
}
