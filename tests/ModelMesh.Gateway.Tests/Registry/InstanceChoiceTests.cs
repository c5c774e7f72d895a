using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Instances;
using ModelMesh.Gateway.Registry;
using ModelMesh.ServiceDefaults.Balancing;

namespace ModelMesh.Gateway.Tests.Registry;

public sealed class InstanceChoiceTests
{
    private static readonly TimeSpan Now = TimeSpan.FromSeconds(100);

    // One instance a word: its letter, its streams in flight, then s = stopping, r = has the type ready, l = has it loading,
    // q<seconds> = its quarantine ends in so many.
    [Theory]
    [InlineData("", "", 0, null)]
    [InlineData("a0", "", 0, "a")]
    [InlineData("a0 b0 c0", "", 0, "a")]
    [InlineData("a0 b0 c0", "", 1, "b")]
    [InlineData("a0 b0 c0", "", 5, "c")]
    [InlineData("a3 b1 c2", "", 0, "b")]
    [InlineData("a0 b9", "a", 0, "b")]
    [InlineData("a0 b9", "ab", 0, null)]
    [InlineData("a0s b9", "", 0, "b")]
    [InlineData("a0s", "", 0, null)]
    [InlineData("a0 b9r", "", 0, "b")]
    [InlineData("a0l b9r", "", 0, "b")]
    [InlineData("a0 b9r", "b", 0, "a")]
    [InlineData("a0 b9rs", "", 0, "a")]
    [InlineData("a0q5 b9", "", 0, "b")]
    [InlineData("a0q-1 b9", "", 0, "a")]
    [InlineData("a0q5 b9q2", "", 0, "b")]
    [InlineData("a0 b9rq5", "", 0, "b")]
    public void Choose_Instances_TakesTheExpected(string instances, string tried, uint turn, string? expected)
    {
        var views = instances.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(View).ToArray();

        var chosen = InstanceChoice.Choose(
            views, "mock", tried.Select(letter => letter.ToString()).ToHashSet(), Now, Balancers.Of(BalancingPolicies.LeastInFlight), new BalanceRequest(null, 0, turn, 0, 0));

        Assert.Equal(expected, chosen < 0 ? null : views[chosen].Info.Id);
    }

    [Theory]
    [InlineData("a0q5 b9 c9", "bc")]
    [InlineData("a0 b9r c9r", "bc")]
    [InlineData("a0s b9 c9", "bc")]
    [InlineData("a0 b9 c9", "abc")]
    public void Choose_ByHashKey_TakesOneOfThoseThatAreLeft_AndTheSameForOneKey(string instances, string expected)
    {
        var views = instances.Split(' ').Select(View).ToArray();

        var chosen = Enumerable.Range(0, 100).Select(key => Chosen(views, $"user-{key}")).ToArray();

        Assert.Equal(expected, string.Concat(chosen.Distinct().Order()));
        Assert.Equal(chosen, Enumerable.Range(0, 100).Select(key => Chosen(views, $"user-{key}")));
    }

    private static string Chosen(InstanceView[] views, string key) => views[InstanceChoice.Choose(
        views, "mock", new HashSet<string>(), Now, Balancers.Of(BalancingPolicies.ConsistentHash), new BalanceRequest(key, 0, 0, 0, 0))].Info.Id;

    private static InstanceView View(string word)
    {
        var quarantine = word.IndexOf('q', StringComparison.Ordinal);
        var flags = quarantine < 0 ? word : word[..quarantine];
        InstancePlugin[] plugins = flags.Contains('r', StringComparison.Ordinal) ? [new("mock", "1", "ready")]
            : flags.Contains('l', StringComparison.Ordinal) ? [new("mock", "1", "loading"), new("other", "1", "ready")] : [];
        return new InstanceView(
            new InstanceInfo(word[..1], "http://127.0.0.1:1", "", plugins, DateTimeOffset.UnixEpoch) { Stopping = flags.Contains('s', StringComparison.Ordinal) },
            word[1] - '0',
            quarantine < 0 ? Quarantine.None : new Quarantine(1, Now + TimeSpan.FromSeconds(int.Parse(word[(quarantine + 1)..]))));
    }
}
