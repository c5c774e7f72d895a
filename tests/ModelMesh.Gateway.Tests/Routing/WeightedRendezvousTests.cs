using FsCheck;
using FsCheck.Fluent;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Gateway.Tests.Fakes;
using ModelMesh.ServiceDefaults.Routing;

namespace ModelMesh.Gateway.Tests.Routing;

public sealed class WeightedRendezvousTests
{
    private const int Keys = 300;

    private static readonly Gen<int[]> Weights = Gen.Choose(2, 6).SelectMany(count => Gen.Choose(1, 1000).ArrayOf(count));

    [Fact]
    public void WeightRaised_MovesKeysToThatVersionOnly_AndLoweredOnlyAwayFromIt() => Check.QuickThrowOnFailure(
        Prop.ForAll(
            Arb.From(from weights in Weights from which in Gen.Choose(0, weights.Length - 1) from weight in Gen.Choose(1, 1000) select (weights, which, weight)),
            change =>
            {
                var before = Candidates(change.weights);
                var changed = change.weights.ToArray();
                changed[change.which] = change.weight;
                var after = Candidates(changed);
                var version = before[change.which].Version;
                return Enumerable.Range(0, Keys).All(key =>
                {
                    var (from, to) = (Pick(key, before), Pick(key, after));
                    return from == to || (change.weight > change.weights[change.which] ? to == version : from == version);
                });
            }));

    [Fact]
    public void VersionRemoved_MovesOnlyItsOwnKeys() => Check.QuickThrowOnFailure(
        Prop.ForAll(
            Arb.From(Weights),
            weights =>
            {
                var all = Candidates(weights);
                return Enumerable.Range(0, Keys).All(key => Pick(key, all) is var from && (from == all[0].Version || Pick(key, all[1..]) == from));
            }));

    [Fact]
    public void OrderOfCandidates_DoesNotMatter() => Check.QuickThrowOnFailure(
        Prop.ForAll(
            Arb.From(Weights),
            weights => Enumerable.Range(0, Keys).All(key => Pick(key, Candidates(weights)) == Pick(key, [.. Candidates(weights).Reverse()]))));

    [Fact]
    public void ManyKeys_FallByWeight()
    {
        var candidates = Candidates([1, 3, 6]);

        var shares = Enumerable.Range(0, 20_000).GroupBy(key => Pick(key, candidates)).ToDictionary(group => group.Key, group => group.Count() / 20_000.0);

        Assert.InRange(shares["v0"], 0.09, 0.11);
        Assert.InRange(shares["v1"], 0.285, 0.315);
        Assert.InRange(shares["v2"], 0.585, 0.615);
    }

    [Fact]
    public void WeightRaised_MovesAboutTheShareThatMustMove() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(12),
        Prop.ForAll(
            Arb.From(from weights in Weights from weight in Gen.Choose(1, 1000) select (weights, weight)),
            change =>
            {
                const int Many = 4_000;
                int[] changed = [change.weight, .. change.weights[1..]];
                var (before, after) = (Candidates(change.weights), Candidates(changed));
                var must = Math.Abs(((double)changed[0] / changed.Sum()) - ((double)change.weights[0] / change.weights.Sum()));
                var moved = Enumerable.Range(0, Many).Count(key => Pick(key, before) != Pick(key, after)) / (double)Many;

                // Five standard deviations of the larger of the shares that are sampled.
                return Math.Abs(moved - must) < 5 * Math.Sqrt(0.25 / Many);
            }));

    [Fact]
    public void Order_BeginsWithThePick_AndHasAllOnce() => Check.QuickThrowOnFailure(
        Prop.ForAll(
            Arb.From(Weights),
            weights =>
            {
                var candidates = Candidates(weights);
                return Enumerable.Range(0, 20).All(key =>
                {
                    var order = WeightedRendezvous.Order($"user-{key}", candidates, candidate => candidate.Version, candidate => candidate.Weight).Select(candidate => candidate.Version).ToArray();
                    return order[0] == Pick(key, candidates) && order.Distinct().Count() == candidates.Length;
                });
            }));

    private static ModelVersion[] Candidates(int[] weights) => [.. weights.Select((weight, index) => FakeCatalog.Model(version: $"v{index}", weight: weight))];

    private static string Pick(int key, ModelVersion[] candidates) => WeightedRendezvous.Pick($"user-{key}", candidates, candidate => candidate.Version, candidate => candidate.Weight).Version;
}
