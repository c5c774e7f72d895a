using Microsoft.Extensions.Options;

namespace ModelMesh.ServiceDefaults.Prometheus;

internal sealed class MetricsOptionsValidator : IValidateOptions<MetricsOptions>
{
    private const int FewestSeries = 10;
    private const int MostSeries = 100_000;
    private static readonly TimeSpan ShortestIdle = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestIdle = TimeSpan.FromDays(30);

    public ValidateOptionsResult Validate(string? name, MetricsOptions options)
    {
        var faults = new List<string>();
        if (options.MaxSeries is < FewestSeries or > MostSeries)
        {
            faults.Add($"Metrics:MaxSeries must be from {FewestSeries} to {MostSeries}");
        }

        if (options.IdleAfter < ShortestIdle || options.IdleAfter > LongestIdle)
        {
            faults.Add($"Metrics:IdleAfter must be from {ShortestIdle} to {LongestIdle}");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
