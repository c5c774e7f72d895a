using System.Globalization;

namespace ModelMesh.ServiceDefaults.Shadows;

/// <summary>What all gateways counted of a pair.</summary>
/// <param name="Since">When the first of it came.</param>
/// <param name="Requests">Those of which a copy was sent, and both have ended.</param>
/// <param name="Dropped">Those of which none was sent, because too many were under way.</param>
/// <param name="Both">Those that both answered to the end.</param>
/// <param name="SameFinish">Of these, those that ended for the same reason.</param>
/// <param name="Matchable">Of these, those with the temperature 0.</param>
/// <param name="Matched">Of those, the ones whose answers were the same.</param>
public sealed record ShadowFigures(
    ShadowPair Pair, DateTimeOffset Since, long Requests, long Dropped, long Both, long SameFinish, long Matchable, long Matched, ShadowSide Real, ShadowSide Shadow)
{
    internal const string RealRevision = "real_revision";
    internal const string ShadowRevision = "shadow_revision";
    internal const string SinceField = "since";

    /// <summary>Reads a pair's hash; null where there is none.</summary>
    /// <param name="pair">Its revisions are the hash's to say.</param>
    internal static ShadowFigures? Read(ShadowPair pair, IEnumerable<KeyValuePair<string, string>> entries)
    {
        var fields = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var (name, value) in entries)
        {
            if (long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                fields[name] = number;
            }
        }

        if (!fields.TryGetValue(SinceField, out var since))
        {
            return null;
        }

        return new ShadowFigures(
            pair with { RealRevision = Of(RealRevision), ShadowRevision = Of(ShadowRevision) },
            DateTimeOffset.FromUnixTimeMilliseconds(since),
            Of(ShadowFields.Requests),
            Of(ShadowFields.Dropped),
            Of(ShadowFields.Both),
            Of(ShadowFields.SameFinish),
            Of(ShadowFields.Matchable),
            Of(ShadowFields.Matched),
            ShadowSide.Read(fields, ShadowFields.Real),
            ShadowSide.Read(fields, ShadowFields.Shadow));

        long Of(string field) => fields.GetValueOrDefault(field);
    }
}
