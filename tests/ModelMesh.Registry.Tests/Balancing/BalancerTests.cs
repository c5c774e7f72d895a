using ModelMesh.Contracts.Catalog;
using ModelMesh.ServiceDefaults.Balancing;
using Xunit;

namespace ModelMesh.Registry.Tests.Balancing;

public sealed class BalancerTests
{
    private const int Choices = 20_000;

    private readonly Random _random = new(4711);

    [Fact]
    public void Of_EveryNameOfTheCatalog_IsTheBalancerThatSaysSo()
    {
        Assert.All(BalancingPolicies.All, name => Assert.Equal(name, Balancers.Of(name).Name));
        Assert.Equal(BalancingPolicies.LeastInFlight, Balancers.Of("of a later version").Name);
    }

    [Theory]
    [InlineData(BalancingPolicies.RoundRobin)]
    [InlineData(BalancingPolicies.LeastInFlight)]
    [InlineData(BalancingPolicies.PowerOfTwoChoices)]
    [InlineData(BalancingPolicies.WeightedRandom)]
    [InlineData(BalancingPolicies.ConsistentHash)]
    [InlineData(BalancingPolicies.PrefixAffinity)]
    public void Choose_RequestsInFlightAreHeldAndReleased_SharesFollowTheWeights(string name)
    {
        int[] weights = [100, 300, 200];
        var chosen = Simulate(name, weights, mostInFlight: 60);

        // Two choices out of three lean towards even shares; load pulls them back to the weights.
        Assert.All(weights.Zip(chosen), pair => Assert.InRange(pair.Second / (double)Choices, pair.First / 600.0 * 0.85, pair.First / 600.0 * 1.15));
    }

    [Theory]
    [InlineData(new[] { 100, 100 }, 2)]
    [InlineData(new[] { 3, 1, 2 }, 6)]
    [InlineData(new[] { 97, 100 }, 197)]
    [InlineData(new[] { 1_000_000, 1_000_000, 500_000 }, 5)]
    public void RoundRobin_OneRound_IsExactAndNobodyHasItAllInARow(int[] weights, int round)
    {
        var turns = Enumerable.Range(1000, round).Select(turn => Choose(BalancingPolicies.RoundRobin, Candidates(weights), turn: (uint)turn)).ToList();

        var total = weights.Sum(weight => (long)weight);
        Assert.All(weights.Index(), weight => Assert.Equal(weight.Item * round / total, turns.LongCount(turn => turn == weight.Index)));
        Assert.All(turns.Zip(turns.Skip(1), turns.Skip(2)).Zip(turns.Skip(3)), four =>
            Assert.False(four.First.First == four.First.Second && four.First.Second == four.First.Third && four.First.Third == four.Second));
    }

    [Theory]
    [InlineData(new[] { 4, 1, 2 }, new[] { 1, 1, 1 }, 1)]
    [InlineData(new[] { 4, 3, 9 }, new[] { 4, 1, 2 }, 0)]
    public void LeastInFlight_OneIsTheLeastLoadedForItsWeight_IsChosenWhateverTheRoll(int[] inFlight, int[] weights, int expected)
    {
        Assert.All(Enumerable.Range(0, 100), _ => Assert.Equal(expected, Choose(BalancingPolicies.LeastInFlight, Candidates(weights, inFlight))));
    }

    [Fact]
    public void PowerOfTwoChoices_ManyCandidates_NeverTheMostLoadedOne()
    {
        var candidates = Candidates([1, 1, 1, 1], [2, 9, 3, 4]);
        var chosen = Enumerable.Range(0, 1000).Select(_ => Choose(BalancingPolicies.PowerOfTwoChoices, candidates)).ToHashSet();

        Assert.Equal([0, 2, 3], chosen.Order());
    }

    [Theory]
    [InlineData(BalancingPolicies.ConsistentHash)]
    [InlineData(BalancingPolicies.PrefixAffinity)]
    public void Choose_ACandidateGoes_OnlyItsOwnKeysMove(string name)
    {
        var all = Candidates([100, 300, 200, 100]);
        var moved = Enumerable.Range(0, 5000).Count(key =>
        {
            var before = all[ChooseFor(name, all, key)].Key;
            var rest = all.Where(candidate => candidate.Key != all[1].Key).ToArray();
            var after = rest[ChooseFor(name, rest, key)].Key;
            Assert.True(before == all[1].Key || after == before);
            return before != after;
        });

        Assert.InRange(moved / 5000.0, 0.38, 0.48);
    }

    [Fact]
    public void ConsistentHash_AWeightRises_KeysMoveToThatOneOnly()
    {
        var before = Candidates([100, 100, 100]);
        var after = Candidates([100, 150, 100]);
        var moved = Enumerable.Range(0, 5000)
            .Select(key => (From: ChooseFor(BalancingPolicies.ConsistentHash, before, key), To: ChooseFor(BalancingPolicies.ConsistentHash, after, key)))
            .Where(move => move.From != move.To)
            .ToList();

        Assert.All(moved, move => Assert.Equal(1, move.To));

        // From a third of the keys to three sevenths.
        Assert.InRange(moved.Count / 5000.0, 0.07, 0.12);
    }

    [Fact]
    public void PrefixAffinity_OnePromptIsSentAgainAndAgain_NoneIsLoadedBeyondItsBound()
    {
        int[] weights = [100, 100, 200];
        var inFlight = new int[3];
        for (var sent = 1; sent <= 400; sent++)
        {
            var chosen = Choose(BalancingPolicies.PrefixAffinity, Candidates(weights, inFlight), prefix: 42);
            inFlight[chosen]++;
            Assert.True(inFlight[chosen] <= Math.Ceiling(1.25 * sent * weights[chosen] / 400.0), $"after {sent}: {string.Join(' ', inFlight)}");
        }
    }

    [Fact]
    public void PrefixAffinity_LittleLoad_OnePromptStaysAtOnePlace()
    {
        var places = Enumerable.Range(1, 200).Select(_ => Choose(BalancingPolicies.PrefixAffinity, Candidates([1, 1, 1]), prefix: 42)).ToHashSet();

        Assert.Single(places);
    }

    [Theory]
    [InlineData(BalancingPolicies.ConsistentHash)]
    [InlineData(BalancingPolicies.PrefixAffinity)]
    public void Choose_NothingToHash_TheLeastLoaded(string name) => Assert.Equal(2, Choose(name, Candidates([1, 1, 1], [5, 5, 1])));

    [Fact]
    public void Choose_AnyBalancer_AllocatesNothing()
    {
        var candidates = Candidates([100, 300, 200]);
        var balancers = BalancingPolicies.All.Select(Balancers.Of).ToArray();

        Array.ForEach(balancers, balancer => Allocated.IsNothing(() => balancer.Choose(candidates, new BalanceRequest("key", 42, 7, 0.3, 0.6))));
    }

    private static BalanceCandidate[] Candidates(int[] weights, int[]? inFlight = null) =>
        [.. weights.Select((weight, index) => new BalanceCandidate($"http://10.0.0.{index + 1}:8000/v1", weight, inFlight?[index] ?? 0))];

    private int[] Simulate(string name, int[] weights, int mostInFlight)
    {
        var (inFlight, chosen, running) = (new int[weights.Length], new int[weights.Length], new Queue<int>());
        for (var turn = 0; turn < Choices; turn++)
        {
            var place = Choose(name, Candidates(weights, inFlight), $"user-{turn}", StableHash.Of($"prompt {turn}"), (uint)turn);
            chosen[place]++;
            inFlight[place]++;
            running.Enqueue(place);
            if (running.Count > mostInFlight)
            {
                inFlight[running.Dequeue()]--;
            }
        }

        return chosen;
    }

    private int ChooseFor(string name, BalanceCandidate[] candidates, int key) => Choose(name, candidates, $"user-{key}", StableHash.Of($"prompt {key}"));

    private int Choose(string name, BalanceCandidate[] candidates, string? hashKey = null, ulong prefix = 0, uint turn = 0) =>
        Balancers.Of(name).Choose(candidates, Request(hashKey, prefix, turn));

    private BalanceRequest Request(string? hashKey, ulong prefix, uint turn) => new(hashKey, prefix, turn, _random.NextDouble(), _random.NextDouble());
}
