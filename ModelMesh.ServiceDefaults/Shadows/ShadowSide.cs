using ModelMesh.ServiceDefaults.Figures;

namespace ModelMesh.ServiceDefaults.Shadows;

/// <summary>What one version of a pair did with the requests that both got.</summary>
/// <param name="Unserved">Requests that its upstream was never asked for: it was full, or the mesh could not send them.</param>
/// <param name="Tokens">Output tokens of the answers that both completed.</param>
/// <param name="Characters">Of text, as UTF-16 code units, of the answers that both completed.</param>
/// <param name="Buckets">How many first tokens fell in each of <see cref="FirstTokenBuckets"/>.</param>
public sealed record ShadowSide(long Completed, long Errors, long Unserved, long Left, long Tokens, long Characters, IReadOnlyList<long> Buckets)
{
    /// <summary>Reads a side's fields.</summary>
    /// <param name="name">What stands before them.</param>
    public static ShadowSide Read(IReadOnlyDictionary<string, long> fields, string name)
    {
        ArgumentNullException.ThrowIfNull(fields);
        return new(
            Of(ShadowFields.Completed),
            Of(ShadowFields.Errors),
            Of(ShadowFields.Unserved),
            Of(ShadowFields.Left),
            Of(ShadowFields.Tokens),
            Of(ShadowFields.Characters),
            [.. Enumerable.Range(0, FirstTokenBuckets.Count).Select(bucket => Of(ShadowFields.Bucket(bucket)))]);

        long Of(string field) => fields.GetValueOrDefault(name + field);
    }
}
