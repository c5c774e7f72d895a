using Microsoft.Extensions.Options;

namespace ModelMesh.Registry.Plugins;

internal sealed class PluginOptionsValidator : IValidateOptions<PluginOptions>
{
    public ValidateOptionsResult Validate(string? name, PluginOptions options)
    {
        var faults = new ValidateOptionsResultBuilder();
        if (options.Roots.Any(string.IsNullOrWhiteSpace))
        {
            faults.AddError("Plugins:Roots must not hold an empty path.");
        }

        if (options.PollInterval < TimeSpan.FromMilliseconds(50) || options.PollInterval > TimeSpan.FromMinutes(1))
        {
            faults.AddError("Plugins:PollInterval must be from 00:00:00.05 to 00:01:00.");
        }

        if (options.QuietPeriod < TimeSpan.Zero || options.QuietPeriod > TimeSpan.FromSeconds(10))
        {
            faults.AddError("Plugins:QuietPeriod must be from 00:00:00 to 00:00:10.");
        }

        if (options.LoadTimeout <= TimeSpan.Zero || options.LoadTimeout > TimeSpan.FromMinutes(1))
        {
            faults.AddError("Plugins:LoadTimeout must be more than 0 and at most 00:01:00.");
        }

        return faults.Build();
    }
}
