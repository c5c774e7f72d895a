using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace ModelMesh.ServiceDefaults.Store;

internal sealed class StoreOptionsValidator : IValidateOptions<StoreOptions>
{
    public ValidateOptionsResult Validate(string? name, StoreOptions options)
    {
        var faults = new List<string>();
        try
        {
            if (ConfigurationOptions.Parse(options.ConnectionString).EndPoints.Count == 0)
            {
                faults.Add("ConnectionStrings:redis names no address; give host:port");
            }
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException)
        {
            // The text itself may hold a password, so it is not repeated.
            faults.Add("ConnectionStrings:redis cannot be read; give host:port[,option=value…]");
        }

        if (options.KeyPrefix.Length == 0 || !options.KeyPrefix.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
        {
            faults.Add("Store:KeyPrefix must be made of letters, digits, '-', '_' and '.'");
        }

        Range(nameof(options.CommandTimeout), options.CommandTimeout, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1));
        Range(nameof(options.LoadTimeout), options.LoadTimeout, options.CommandTimeout, TimeSpan.FromMinutes(5));
        Range(nameof(options.ReconcileInterval), options.ReconcileInterval, TimeSpan.FromMilliseconds(50), TimeSpan.FromMinutes(1));
        Range(nameof(options.ProbeInterval), options.ProbeInterval, TimeSpan.FromMilliseconds(10), TimeSpan.FromSeconds(10));
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);

        void Range(string field, TimeSpan value, TimeSpan min, TimeSpan max)
        {
            if (value < min || value > max)
            {
                faults.Add($"Store:{field} must be from {min} to {max}");
            }
        }
    }
}
