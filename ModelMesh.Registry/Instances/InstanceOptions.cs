using Microsoft.Extensions.Options;

namespace ModelMesh.Registry.Instances;

/// <summary>How this process announces itself to gateways (section <c>Instances</c>).</summary>
internal sealed class InstanceOptions
{
    /// <summary>How long an instance counts as alive after its last heartbeat; it is sent every third of that. From 1 s to 1 min.</summary>
    public TimeSpan Ttl { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// The host that others reach this process at. Absent: the address it is bound to, or the machine's name where it is bound to every address.
    /// </summary>
    public string? AdvertisedHost { get; set; }
}

internal sealed class InstanceOptionsValidator : IValidateOptions<InstanceOptions>
{
    public ValidateOptionsResult Validate(string? name, InstanceOptions options)
    {
        var faults = new List<string>();
        if (options.Ttl < TimeSpan.FromSeconds(1) || options.Ttl > TimeSpan.FromMinutes(1))
        {
            faults.Add("Instances:Ttl must be from 1 s to 1 min");
        }

        if (options.AdvertisedHost is { } host && Uri.CheckHostName(host) == UriHostNameType.Unknown)
        {
            faults.Add("Instances:AdvertisedHost must be a host name or an IP address, without a port");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
