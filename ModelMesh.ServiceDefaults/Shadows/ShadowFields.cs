using System.Globalization;

namespace ModelMesh.ServiceDefaults.Shadows;

/// <summary>How a pair's figures are written in the store: a whole number a field, those of one side behind its name.</summary>
public static class ShadowFields
{
    /// <summary>Requests of which a copy was sent, and both have ended.</summary>
    public const string Requests = "requests";

    /// <summary>Requests of which no copy was sent, because too many were under way.</summary>
    public const string Dropped = "dropped";

    /// <summary>Requests that both answered to the end.</summary>
    public const string Both = "both";

    /// <summary>Those of <see cref="Both"/> that ended for the same reason.</summary>
    public const string SameFinish = "same_finish";

    /// <summary>Those of <see cref="Both"/> that had the temperature 0.</summary>
    public const string Matchable = "matchable";

    /// <summary>Those of <see cref="Matchable"/> whose answers were the same.</summary>
    public const string Matched = "matched";

    /// <summary>Before the fields of the version that answered.</summary>
    public const string Real = "real:";

    /// <summary>Before the fields of the shadow version.</summary>
    public const string Shadow = "shadow:";

    /// <summary>A side's: answered to the end.</summary>
    public const string Completed = "completed";

    /// <summary>A side's: failed.</summary>
    public const string Errors = "errors";

    /// <summary>A side's: not served, without a fault of the version.</summary>
    public const string Unserved = "unserved";

    /// <summary>A side's: left by its client.</summary>
    public const string Left = "left";

    /// <summary>A side's: output tokens of <see cref="Both"/>.</summary>
    public const string Tokens = "tokens";

    /// <summary>A side's: characters of text of <see cref="Both"/>.</summary>
    public const string Characters = "characters";

    private const char BucketMark = 'b';

    /// <summary>A side's: how many first tokens fell in one of <see cref="Figures.FirstTokenBuckets"/>.</summary>
    public static string Bucket(int index) => string.Create(CultureInfo.InvariantCulture, $"{BucketMark}{index}");
}
