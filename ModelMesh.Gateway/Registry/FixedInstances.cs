using ModelMesh.Contracts.Instances;
using ModelMesh.ServiceDefaults.Instances;

namespace ModelMesh.Gateway.Registry;

/// <summary>A list of addresses in the place of discovery. Nothing is known of such an instance but its address.</summary>
internal sealed class FixedInstances : IInstanceDirectory
{
    public FixedInstances(string addresses)
    {
        Current =
        [
            .. Split(addresses).Distinct(StringComparer.Ordinal).Select(address => new InstanceInfo(address, address, "", [], DateTimeOffset.UnixEpoch)),
        ];
    }

    /// <summary>Never raised: the list is fixed.</summary>
    public event Action? Changed
    {
        add { }
        remove { }
    }

    public IReadOnlyList<InstanceInfo> Current { get; }

    public static string[] Split(string addresses) => addresses.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public static bool AreValid(string addresses) => Array.TrueForAll(Split(addresses), IsValid);

    /// <summary>Whether it is one address of a registry.</summary>
    public static bool IsValid(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps);
}
