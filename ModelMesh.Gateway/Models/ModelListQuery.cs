using ModelMesh.ServiceDefaults.Http;

namespace ModelMesh.Gateway.Models;

/// <summary>What a request for the list asks for.</summary>
/// <param name="Filter">Which entries.</param>
/// <param name="Limit">How many at most; null is all.</param>
/// <param name="After">Those whose ids come after this one.</param>
/// <param name="Before">The last of those whose ids come before this one.</param>
internal sealed record ModelListQuery(ModelFilter Filter, int? Limit, string? After, string? Before)
{
    /// <summary>What Anthropic's API does where nothing is said.</summary>
    private const int AnthropicLimit = 20;

    public bool IsEverything => Filter.IsEmpty && Limit is null && After is null && Before is null;

    /// <exception cref="Contracts.Errors.MeshException"><c>invalid_request</c> that lists every fault.</exception>
    public static ModelListQuery OfOpenAI(IQueryCollection parameters)
    {
        var query = new QueryReader(parameters, [.. ModelFilter.Parameters, "limit", "after"]);
        var read = new ModelListQuery(ModelFilter.Read(query), query.Limit(), query.One("after"), Before: null);
        query.Done();
        return read;
    }

    /// <summary>With Anthropic's names. <c>beta=true</c>, which its clients send for their beta interface, asks for nothing else.</summary>
    /// <exception cref="Contracts.Errors.MeshException"><c>invalid_request</c> that lists every fault.</exception>
    public static ModelListQuery OfAnthropic(IQueryCollection parameters)
    {
        var query = new QueryReader(parameters, [.. ModelFilter.Parameters, "limit", "after_id", "before_id", "beta"]);
        var read = new ModelListQuery(ModelFilter.Read(query), query.Limit() ?? AnthropicLimit, query.One("after_id"), query.One("before_id"));
        if (read is { After: not null, Before: not null })
        {
            query.Fault("before_id", "cannot be given together with after_id");
        }

        query.Done();
        return read;
    }
}
