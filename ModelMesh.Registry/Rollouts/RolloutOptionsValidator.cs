using Microsoft.Extensions.Options;

namespace ModelMesh.Registry.Rollouts;

internal sealed class RolloutOptionsValidator : IValidateOptions<RolloutOptions>
{
    public ValidateOptionsResult Validate(string? name, RolloutOptions options)
    {
        var faults = new ValidateOptionsResultBuilder();
        if (options.JudgeInterval < TimeSpan.FromMilliseconds(50) || options.JudgeInterval > TimeSpan.FromMinutes(1))
        {
            faults.AddError("Rollouts:JudgeInterval must be from 50 ms to 1 min.");
        }

        if (options.DriverTtl < 2 * options.JudgeInterval || options.DriverTtl > TimeSpan.FromMinutes(5))
        {
            faults.AddError("Rollouts:DriverTtl must be at least twice Rollouts:JudgeInterval, and at most 5 min.");
        }

        if (options.TellInterval < TimeSpan.FromMilliseconds(20) || options.TellInterval > TimeSpan.FromSeconds(10))
        {
            faults.AddError("Rollouts:TellInterval must be from 20 ms to 10 s.");
        }

        return faults.Build();
    }
}
