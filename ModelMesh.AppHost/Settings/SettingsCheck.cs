using System.Globalization;
using Microsoft.Extensions.Configuration;
using ModelMesh.AppHost.Stores;

namespace ModelMesh.AppHost.Settings;

/// <summary>Finds every wrong setting of the AppHost before one of them is used.</summary>
internal static class SettingsCheck
{
    private static readonly string[] Ports = ["Gateway", "Registry", "RegistryGrpc", "Dashboard", "Otlp"];

    /// <exception cref="AppHostFault">One is wrong.</exception>
    public static void Run(IConfiguration configuration)
    {
        if (Faults(configuration).ToList() is { Count: > 0 } faults)
        {
            throw new AppHostFault(faults);
        }
    }

    public static IEnumerable<string> Faults(IConfiguration configuration)
    {
        foreach (var name in Ports)
        {
            if (configuration[$"Ports:{name}"] is { } port && !(ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out _)))
            {
                yield return $"Ports:{name} is '{port}'; it must be a port from 0 to 65535, where 0 takes a free one.";
            }
        }

        if (configuration["Dashboard:Enabled"] is { } enabled && !bool.TryParse(enabled, out _))
        {
            yield return $"Dashboard:Enabled is '{enabled}'; it must be true or false.";
        }

        if (StoreFault(configuration) is { } fault)
        {
            yield return fault;
        }
    }

    private static string? StoreFault(IConfiguration configuration)
    {
        var asked = configuration["Store:Kind"];
        if (string.IsNullOrEmpty(asked))
        {
            return null;
        }

        return Array.Find(Enum.GetNames<StoreKind>(), name => name.Equals(asked, StringComparison.OrdinalIgnoreCase)) switch
        {
            null => $"Store:Kind is '{asked}'; it must be one of {string.Join(", ", Enum.GetNames<StoreKind>())}.",
            nameof(StoreKind.Given) when string.IsNullOrEmpty(configuration.GetConnectionString("redis")) => "Store:Kind is 'Given', but ConnectionStrings:redis is not set.",
            nameof(StoreKind.Container) when !StoreProbe.FeedIsFull => "Store:Kind is 'Container', which needs Aspire, and the NuGet source that this was built from has none.",
            nameof(StoreKind.Server) when StoreProbe.FindServer() is null => "Store:Kind is 'Server', but neither redis-server nor valkey-server is on PATH.",
            _ => null,
        };
    }
}
