using ModelMesh.Contracts.Catalog;
using ModelMesh.ServiceDefaults.Json;

namespace ModelMesh.Registry.Admin;

/// <summary>Reads what a model version says of retries and breakers.</summary>
internal static class ResilienceFields
{
    private const int Minute = 60_000;
    private const int Hour = 3_600_000;

    public static ModelResilience Resilience(this FieldReader model, string field, FaultList faults)
    {
        var defaults = new ModelResilience();
        if (model.Section(field) is not { } section)
        {
            return defaults;
        }

        var fields = new FieldReader(section, field, faults);
        var resilience = new ModelResilience
        {
            MaxRetries = Whole("max_retries", 0, 10, defaults.MaxRetries),
            RetryBudget = fields.Number("retry_budget", 0, 1) ?? defaults.RetryBudget,
            BackoffMs = Whole("backoff_ms", 0, Minute, defaults.BackoffMs),
            MaxBackoffMs = Whole("max_backoff_ms", 0, Minute, defaults.MaxBackoffMs),
            BreakerFailures = Whole("breaker_failures", 1, 1_000, defaults.BreakerFailures),
            BreakerOpenMs = Whole("breaker_open_ms", 10, Hour, defaults.BreakerOpenMs),
            HedgeAfterMs = (int?)fields.WholeNumber("hedge_after_ms", 1, Hour),
        };
        if (resilience.MaxBackoffMs < resilience.BackoffMs)
        {
            fields.Fault("max_backoff_ms", $"must be at least backoff_ms, which is {resilience.BackoffMs}");
        }

        fields.RefuseTheRest();
        return resilience;

        int Whole(string name, int min, int max, int fallback) => (int)(fields.WholeNumber(name, min, max) ?? fallback);
    }
}
