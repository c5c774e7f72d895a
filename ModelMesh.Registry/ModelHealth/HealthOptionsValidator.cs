using Microsoft.Extensions.Options;

namespace ModelMesh.Registry.ModelHealth;

internal sealed class HealthOptionsValidator : IValidateOptions<HealthOptions>
{
    public ValidateOptionsResult Validate(string? name, HealthOptions options)
    {
        var faults = new ValidateOptionsResultBuilder();
        if (options.ProbeInterval < TimeSpan.FromMilliseconds(100) || options.ProbeInterval > TimeSpan.FromMinutes(10))
        {
            faults.AddError("Health:ProbeInterval must be from 100 ms to 10 min.");
        }

        if (options.ProbeTimeout < TimeSpan.FromMilliseconds(50) || options.ProbeTimeout > TimeSpan.FromMinutes(1))
        {
            faults.AddError("Health:ProbeTimeout must be from 50 ms to 1 min.");
        }

        if (options.FailuresBeforeUnhealthy is < 1 or > 100)
        {
            faults.AddError("Health:FailuresBeforeUnhealthy must be from 1 to 100.");
        }

        return faults.Build();
    }
}
