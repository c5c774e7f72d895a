using ModelMesh.Contracts.Instances;
using ModelMesh.Registry.Ui.Events;
using Xunit;

namespace ModelMesh.Registry.Tests.Ui;

public sealed class InstanceWordsTests
{
    private static readonly InstanceInfo One = Instance("one", new InstancePlugin("mock", "1.0", "ready"));

    [Fact]
    public void Between_AnInstanceThatJoins_SaysSoAndNothingOfItsPlugins() => Assert.Equal(["instance one joined"], Texts([], [One]));

    [Fact]
    public void Between_AnInstanceThatStopsAndLeaves_IsNoTrouble()
    {
        Assert.Equal(["instance one stopping"], Texts([One], [One with { Stopping = true }]));
        Assert.Equal(["instance one left"], Texts([One with { Stopping = true }], []));
    }

    [Fact]
    public void Between_AnInstanceThatIsGoneWithoutAWord_IsTrouble() => Assert.Equal(["instance one left !"], Texts([One], []));

    [Fact]
    public void Between_PluginsThatComeFailAndGo_TellsOfEach()
    {
        Assert.Equal(["plugin ollama ready"], Texts([One], [Instance("one", new("mock", "1.0", "ready"), new("ollama", "2.0", "ready"))]));
        Assert.Equal(["plugin mock ready"], Texts([One], [Instance("one", new InstancePlugin("mock", "1.1", "ready"))]));
        Assert.Equal(["plugin unknown type failed !"], Texts([One], [Instance("one", new("mock", "1.0", "ready"), new("", "", "failed"))]));
        Assert.Equal(["plugin mock removed"], Texts([One], [Instance("one")]));
        Assert.Equal(["plugin mock removed"], Texts([One], [Instance("one", new InstancePlugin("mock", "1.0", "removed"))]));
    }

    [Fact]
    public void Between_AFolderThatIsStillBeingLoaded_TellsNothing() => Assert.Empty(Texts([One], [Instance("one", new("mock", "1.0", "ready"), new("", "", "loading"))]));

    private static InstanceInfo Instance(string id, params InstancePlugin[] plugins) => new(id, "http://a:1", "http://a:2", plugins, DateTimeOffset.UnixEpoch);

    private static IEnumerable<string> Texts(IReadOnlyList<InstanceInfo> before, IReadOnlyList<InstanceInfo> now) =>
        InstanceWords.Between(before, now).Select(draft => $"{draft.Subject} {draft.Name} {draft.Action}{(draft.IsTrouble ? " !" : "")}");
}
