using ModelMesh.Contracts.Instances;
using ModelMesh.ServiceDefaults.Instances;
using Xunit;

namespace ModelMesh.Registry.Tests.Instances;

public sealed class InstanceMergeTests
{
    [Theory]
    [InlineData("", "a", false, "a")]
    [InlineData("a b", "a", false, "a")]
    [InlineData("a b", "a", true, "a b")]
    [InlineData("a", "b", true, "a b")]
    [InlineData("a b", "", false, "a b")]
    [InlineData("a b", "", true, "a b")]
    [InlineData("a b!", "a", true, "a")]
    [InlineData("b!", "", false, "b")]
    public void Next_KnownAndShown_GivesTheBelieved(string known, string shown, bool storeIsFresh, string believed) =>
        Assert.Equal(Ids(believed), InstanceMerge.Next(Instances(known), Instances(shown), storeIsFresh).Select(instance => instance.Id));

    [Fact]
    public void Next_InstanceThatChanged_IsShownInItsNewestForm()
    {
        var known = Instances("a");

        var next = InstanceMerge.Next(known, [known[0] with { Stopping = true }], storeIsFresh: true);

        Assert.True(Assert.Single(next).Stopping);
        Assert.False(InstanceMerge.Same(known, next));
        Assert.True(InstanceMerge.Same(known, Instances("a")));
    }

    private static string[] Ids(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    // An exclamation mark says that an instance is stopping.
    private static List<InstanceInfo> Instances(string ids) =>
        [.. Ids(ids).Select(id => new InstanceInfo(id.TrimEnd('!'), "http://h:1", "http://h:2", [new InstancePlugin("mock", "1", "ready")], DateTimeOffset.UnixEpoch) { Stopping = id.EndsWith('!') })];
}
