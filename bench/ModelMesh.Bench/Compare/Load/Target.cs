namespace ModelMesh.Bench.Compare.Load;

/// <summary>Where requests go.</summary>
/// <param name="Address">Speaks OpenAI's chat completions below <c>/v1</c>.</param>
/// <param name="Headers">What it needs with every request.</param>
/// <param name="ModelOf">What it calls the model of a plan.</param>
internal sealed record Target(Uri Address, IReadOnlyDictionary<string, string> Headers, Func<TokenPlan, string> ModelOf)
{
    public Target(Uri address)
        : this(address, new Dictionary<string, string>(StringComparer.Ordinal), static plan => plan.ModelName)
    {
    }
}
