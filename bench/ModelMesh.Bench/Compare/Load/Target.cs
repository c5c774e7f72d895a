namespace ModelMesh.Bench.Compare.Load;

/// <summary>Where requests go.</summary>
/// <param name="Address">Speaks OpenAI's chat completions below <c>/v1</c>, or is that <c>/v1</c> itself; what comes before it in the path stays.</param>
/// <param name="Headers">What it needs with every request.</param>
/// <param name="ModelOf">What it calls the model of a plan.</param>
internal sealed record Target(Uri Address, IReadOnlyDictionary<string, string> Headers, Func<TokenPlan, string> ModelOf)
{
    public Target(Uri address)
        : this(address, new Dictionary<string, string>(StringComparer.Ordinal), static plan => plan.ModelName)
    {
    }

    public Uri ChatCompletions
    {
        get
        {
            var path = Address.AbsolutePath.TrimEnd('/');
            return new UriBuilder(Address) { Path = $"{path}{(path.EndsWith("/v1", StringComparison.Ordinal) ? "" : "/v1")}/chat/completions" }.Uri;
        }
    }
}
