using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using ModelMesh.Contracts.Catalog;
using ModelMesh.ServiceDefaults.Figures;
using ModelMesh.ServiceDefaults.Shadows;

namespace ModelMesh.Registry.Shadows;

/// <summary>What one version did with the requests that both got. Averages are over those that both completed.</summary>
internal sealed record ShadowSideView(
    string Version,
    long Revision,
    long Completed,
    long Errors,
    double? ErrorRate,
    long Unserved,
    long Left,
    double? TtftP50Ms,
    double? TtftP95Ms,
    double? AverageOutputTokens,
    double? AverageCharacters)
{
    public static ShadowSideView Of(string version, long revision, ShadowSide side, long both) => new(
        version,
        revision,
        side.Completed,
        side.Errors,
        Rates.Of(side.Errors, side.Completed + side.Errors),
        side.Unserved,
        side.Left,
        Rates.Tenths(FirstTokenBuckets.Quantile(side.Buckets, 0.5)),
        Rates.Tenths(FirstTokenBuckets.Quantile(side.Buckets, 0.95)),
        Rates.Average(side.Tokens, both),
        Rates.Average(side.Characters, both));
}

/// <summary>How often two answers were alike.</summary>
internal sealed record LikenessView(long Compared, long Same, double? Rate)
{
    public static LikenessView Of(long compared, long same) => new(compared, same, Rates.Of(same, compared));
}

/// <summary>A version that answered, and the shadow version beside it.</summary>
internal sealed record ComparisonView(
    DateTimeOffset Since, long Requests, long Dropped, long BothCompleted, ShadowSideView Real, ShadowSideView Shadow, LikenessView SameFinishReason, LikenessView ExactMatch)
{
    public static ComparisonView Of(ShadowFigures figures) => new(
        figures.Since,
        figures.Requests,
        figures.Dropped,
        figures.Both,
        ShadowSideView.Of(figures.Pair.Real, figures.Pair.RealRevision, figures.Real, figures.Both),
        ShadowSideView.Of(figures.Pair.Shadow.Version, figures.Pair.ShadowRevision, figures.Shadow, figures.Both),
        LikenessView.Of(figures.Both, figures.SameFinish),
        LikenessView.Of(figures.Matchable, figures.Matched));
}

/// <summary>What operators see of a shadow version.</summary>
internal sealed record ShadowView(string Name, string Version, long Revision, bool Shadow, double ShadowSample, IReadOnlyList<ComparisonView> Comparisons)
{
    public static ShadowView Of(ModelVersion model, IEnumerable<ShadowFigures> figures) =>
        new(model.Name, model.Version, model.Revision, model.Shadow, model.ShadowSample, [.. figures.Select(ComparisonView.Of)]);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ShadowView))]
internal sealed partial class ShadowJson : JsonSerializerContext
{
    /// <summary>Quotes and letters stay what they are.</summary>
    public static ShadowJson Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
