using FsCheck;
using FsCheck.Fluent;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Traffic;
using ModelMesh.Gateway.Tests.Fakes;
using ModelMesh.ServiceDefaults.Catalog;
using ModelMesh.ServiceDefaults.Routing;

namespace ModelMesh.Gateway.Tests.Routing;

/// <summary>What holds of every catalog and every request. Each case is made of one seed, which a failure shows.</summary>
public sealed class RoutingPropertyTests
{
    private static readonly string[] Names = ["a", "b", "c", "d"];
    private static readonly string[] Words = ["tools", "vision"];

    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(3_000);

    [Fact]
    public void Decision_OfAnyRequest_HasRoutesUnlessItIsRefusedAndNoneTwice() => Check.One(Many, Prop.ForAll(Seeds, seed =>
    {
        var (catalog, request, ready, roll) = Case(seed);
        var decision = Router.Decide(catalog, request, ready, () => roll);
        var isRefused = decision.By is RoutedBy.UnknownModel or RoutedBy.MissingCapability or RoutedBy.Nothing;
        return decision.Routes.IsEmpty == isRefused && decision.Routes.Select(route => route.Model.Id).Distinct().Count() == decision.Routes.Length;
    }));

    [Fact]
    public void Decision_WithNoVersionNamed_NeverTriesOneThatTakesNoSuchRequests() => Check.One(Many, Prop.ForAll(Seeds, seed =>
    {
        var (catalog, request, ready, roll) = Case(seed);
        return Router.Decide(catalog, request, ready, () => roll).Routes.All(route => route.IsNamed || IsPinned(catalog, route.Model) || VersionSplit.WhyNot(route.Model) is null);
    }));

    [Fact]
    public void Explanation_OfAnyRequest_AgreesWithTheDecision() => Check.One(Many, Prop.ForAll(Seeds, seed =>
    {
        var (catalog, request, ready, roll) = Case(seed);
        var trace = new RoutingTrace();
        var told = Router.Decide(catalog, request, ready, () => roll, trace);
        var untold = Router.Decide(catalog, request, ready, () => roll);
        var places = trace.Versions.Where(version => version.Place is not null).Select(version => (Place: version.Place!.Value, Id: new ModelId(version.Model, version.Version!))).Distinct().OrderBy(version => version.Place);
        return told.By == untold.By
            && told.Routes.SequenceEqual(untold.Routes)
            && places.Select(version => version.Id).SequenceEqual(told.Routes.Select(route => route.Model.Id))
            && trace.Rules.Where(rule => rule.Taken).Select(rule => rule.Name).SingleOrDefault() == told.Rule
            && trace.Rules.Where(rule => rule.Taken).All(rule => rule.Conditions.All(condition => condition.Holds) && rule.Share > 0);
    }));

    [Fact]
    public void Shares_OfTheSplitByRoll_AreThoseOfTheWeights() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(Seeds, seed =>
    {
        const int Rolls = 2_000;
        var random = new System.Random(seed);
        ModelVersion[] models = [.. Enumerable.Range(0, random.Next(2, 6)).Select(i => FakeCatalog.Model(version: $"v{i}", weight: random.Next(1, 1000)))];
        var catalog = CatalogSnapshot.Create(1, models);

        // Evenly spread rolls: each share is off by no more than the rolls at its two ends.
        var counts = Enumerable.Range(0, Rolls).Select(i => Router.Decide(catalog, new RoutingRequest { Model = "chat" }, _ => true, () => (i + 0.5) / Rolls).Routes[0].Model).CountBy(model => model.Version).ToDictionary();
        return models.All(model => Math.Abs((counts.GetValueOrDefault(model.Version) / (double)Rolls) - (model.Weight / (double)models.Sum(other => other.Weight))) < 2.0 / Rolls);
    }));

    private static Arbitrary<int> Seeds { get; } = Arb.From(Gen.Choose(0, int.MaxValue));

    private static bool IsPinned(CatalogSnapshot catalog, ModelVersion model) =>
        catalog.Traffic.Aliases.Values.Any(alias => alias.Target == new ModelTarget(model.Name, model.Version))
        || catalog.Traffic.Rules.Any(rule => rule.Target.Version == model.Version)
        || catalog.Traffic.Routing.Fallbacks.Concat(catalog.Traffic.Routing.ModelFallbacks.Values.SelectMany(chain => chain)).Append(catalog.Traffic.Routing.Default).Any(target => target?.Version == model.Version);

    private static (CatalogSnapshot Catalog, RoutingRequest Request, Func<ModelVersion, bool> IsReady, double Roll) Case(int seed)
    {
        var random = new System.Random(seed);
        var models = Names.Where(_ => random.Next(4) > 0).SelectMany(name => Enumerable.Range(1, random.Next(1, 4)).Select(i => FakeCatalog.Model(
            name, $"v{i}", weight: random.Next(4) * 10, shadow: random.Next(6) == 0, draining: random.Next(6) == 0) with { Capabilities = Some(random, Words), Cost = random.Next(3), Adapters = Some(random, ["sql"]) })).ToArray();
        List<ITrafficEntry> entries =
        [
            Dry.Alias("x", Name(random), Version(random)),
            new RoutingDefaults
            {
                Default = random.Next(2) == 0 ? null : Target(random),
                Fallbacks = [.. Enumerable.Range(0, random.Next(3)).Select(_ => Target(random))],
                ModelFallbacks = new Dictionary<string, IReadOnlyList<ModelTarget>> { [Name(random)] = [Target(random), Target(random)] },
            },
            .. Enumerable.Range(0, random.Next(4)).Select(i => Dry.Rule($"r{i}", "", random.Next(2), random.Next(3) * 10, [.. Conditions(random)]) with { Target = Target(random) }),
        ];
        var promptLength = random.Next(100);
        var request = new RoutingRequest
        {
            Model = random.Next(3) switch { 0 => "", 1 => Name(random), _ => random.Next(2) == 0 ? $"{Name(random)}@v{random.Next(1, 4)}" : $"{Name(random)}:sql" },
            IsReference = true,
            HashKey = random.Next(2) == 0 ? null : $"user-{random.Next(100)}",
            Demanded = random.Next(3) == 0 ? Some(random, Words) : [],
            Implied = Some(random, Words),
            PromptLength = () => promptLength,
        };
        var readySeed = random.Next();
        return (Dry.Catalog(models, [.. entries]), request, model => (readySeed ^ model.Id.ToString().Sum(letter => letter * 31)) % 3 != 0, random.NextDouble());
    }

    private static IEnumerable<RuleCondition> Conditions(System.Random random)
    {
        if (random.Next(2) == 0)
        {
            yield return new RuleCondition("model", "eq", System.Text.Json.JsonSerializer.SerializeToElement(Name(random)));
        }

        if (random.Next(2) == 0)
        {
            yield return new RuleCondition("prompt_length", "gt", System.Text.Json.JsonSerializer.SerializeToElement(random.Next(100)));
        }
    }

    private static ModelTarget Target(System.Random random) => new(Name(random), Version(random));

    private static string Name(System.Random random) => random.Next(5) == 0 ? "x" : Names[random.Next(Names.Length)];

    private static string? Version(System.Random random) => random.Next(4) == 0 ? $"v{random.Next(1, 4)}" : null;

    private static string[] Some(System.Random random, string[] of) => [.. of.Where(_ => random.Next(2) == 0)];
}
