using System.Runtime.InteropServices;

namespace ModelMesh.Registry.Endpoints;

/// <summary>How one of several endpoints did in the last 30 s.</summary>
/// <param name="Calls">How many calls ended.</param>
/// <param name="Failures">How many of them failed.</param>
/// <param name="IsOut">Whether its breaker is not closed.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct EndpointRecord(long Calls, long Failures, bool IsOut)
{
    public double ErrorRate => Calls == 0 ? 0 : (double)Failures / Calls;
}

/// <summary>
/// Which endpoint fails far more often than the others, though not so many times in a row that its breaker opens. Pure.
/// </summary>
internal static class OutlierRule
{
    private const int FewestCalls = 10;
    private const double HighRate = 0.3;
    private const int TimesTheOthers = 3;

    /// <summary>
    /// Whether to have its breaker open: 1. it is open already, or there are no others: no; 2. too few calls to judge by: no; 3. more than half of all endpoints
    /// would be passed by then: no; 4. it fails at least in 3 of 10, and at least 3 times as often as the others together.
    /// </summary>
    public static bool Ejects(ReadOnlySpan<EndpointRecord> endpoints, int index)
    {
        // 1.
        var judged = endpoints[index];
        if (judged.IsOut || endpoints.Length == 1)
        {
            return false;
        }

        // 2.
        if (judged.Calls < FewestCalls)
        {
            return false;
        }

        // 3.
        var others = default(EndpointRecord);
        var isOut = 0;
        for (var other = 0; other < endpoints.Length; other++)
        {
            isOut += endpoints[other].IsOut ? 1 : 0;
            others = other == index ? others : new EndpointRecord(others.Calls + endpoints[other].Calls, others.Failures + endpoints[other].Failures, IsOut: false);
        }

        if ((isOut + 1) * 2 > endpoints.Length)
        {
            return false;
        }

        // 4.
        return judged.ErrorRate >= HighRate && others.Calls >= FewestCalls && judged.ErrorRate >= TimesTheOthers * others.ErrorRate;
    }
}
