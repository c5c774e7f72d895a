using System.Globalization;
using ModelMesh.ServiceDefaults.Figures;

namespace ModelMesh.Registry.Rollouts;

/// <summary>How a rollout's tally is written in the store: a whole number a field, named <c>step:side:what</c>, where a bucket is <c>b</c> and its index.</summary>
internal static class TallyFields
{
    private const string Requests = "requests";
    private const string Failures = "failures";
    private const string FirstTokens = "first_tokens";
    private const string Slow = "slow";
    private const char Bucket = 'b';

    /// <summary>The fields that one request counts up.</summary>
    /// <param name="step">The index of the step.</param>
    /// <param name="isTo">Whether the rollout's target served it.</param>
    /// <param name="failed">Whether it failed.</param>
    /// <param name="firstToken">Its time to first token; null where it had none.</param>
    /// <param name="isSlow">Whether that was later than the rollout allows.</param>
    public static IEnumerable<string> Of(int step, bool isTo, bool failed, TimeSpan? firstToken, bool isSlow)
    {
        var side = Side(step, isTo);
        yield return side + Requests;
        if (failed)
        {
            yield return side + Failures;
        }

        if (firstToken is { } time)
        {
            yield return side + FirstTokens;
            yield return string.Create(CultureInfo.InvariantCulture, $"{side}{Bucket}{FirstTokenBuckets.Of(time)}");
        }

        if (isSlow)
        {
            yield return side + Slow;
        }
    }

    public static StepTally Read(IReadOnlyDictionary<string, long> fields, int step) => new(ReadSide(fields, Side(step, isTo: false)), ReadSide(fields, Side(step, isTo: true)));

    private static SideTally ReadSide(IReadOnlyDictionary<string, long> fields, string side) => new(
        fields.GetValueOrDefault(side + Requests),
        fields.GetValueOrDefault(side + Failures),
        fields.GetValueOrDefault(side + FirstTokens),
        fields.GetValueOrDefault(side + Slow),
        [.. Enumerable.Range(0, FirstTokenBuckets.Count).Select(bucket => fields.GetValueOrDefault(string.Create(CultureInfo.InvariantCulture, $"{side}{Bucket}{bucket}")))]);

    private static string Side(int step, bool isTo) => string.Create(CultureInfo.InvariantCulture, $"{step}:{(isTo ? "to" : "from")}:");
}
