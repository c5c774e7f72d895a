namespace ModelMesh.ServiceDefaults.Prometheus.Series;

/// <summary>Tags as a measurement brought them, in that order.</summary>
internal sealed class TagSet(ReadOnlySpan<KeyValuePair<string, object?>> tags)
{
    private readonly KeyValuePair<string, object?>[] _tags = tags.ToArray();

    public ReadOnlySpan<KeyValuePair<string, object?>> Tags => _tags;

    /// <summary>Whether tags may be remembered: a value of a plugin's own type would keep the plugin from being unloaded.</summary>
    public static bool CanKeep(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        foreach (var (_, value) in tags)
        {
            if (value is not (null or string) && !value.GetType().IsPrimitive)
            {
                return false;
            }
        }

        return true;
    }
}
