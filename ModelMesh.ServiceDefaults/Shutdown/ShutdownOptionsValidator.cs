using Microsoft.Extensions.Options;

namespace ModelMesh.ServiceDefaults.Shutdown;

internal sealed class ShutdownOptionsValidator : IValidateOptions<ShutdownOptions>
{
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestGrace = TimeSpan.FromHours(1);

    public ValidateOptionsResult Validate(string? name, ShutdownOptions options)
    {
        var faults = new ValidateOptionsResultBuilder();
        Check("Shutdown:Delay", options.Delay, LongestDelay);
        Check("Shutdown:Grace", options.Grace, LongestGrace);
        return faults.Build();

        void Check(string setting, TimeSpan value, TimeSpan longest)
        {
            if (value < TimeSpan.Zero || value > longest)
            {
                faults.AddError($"{setting} must be from {TimeSpan.Zero} to {longest}.");
            }
        }
    }
}
