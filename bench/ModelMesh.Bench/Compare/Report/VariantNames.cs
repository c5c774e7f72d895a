namespace ModelMesh.Bench.Compare.Report;

/// <summary>What differs between the runs of one scenario, in words.</summary>
internal static class VariantNames
{
    public static string Of(string scenario, int variant) => scenario switch
    {
        "scale" => variant == 1 ? "1 model" : $"{variant:N0} models",
        "hot-update" => variant == 0 ? "no updates" : "an update a second",
        _ => $"variant {variant:N0}",
    };
}
