using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace ModelMesh.ServiceDefaults;

/// <summary>Tells the exceptions that wrong settings cause from all others.</summary>
internal static class SettingFaults
{
    /// <returns>One line each; none when the exception has another cause.</returns>
    public static IReadOnlyList<string> In(Exception exception) => exception switch
    {
        OptionsValidationException invalid => [.. invalid.Failures],
        // Several options classes.
        AggregateException several when several.InnerExceptions.All(inner => inner is OptionsValidationException) => [.. several.InnerExceptions.SelectMany(In)],
        // appsettings.json; the command line.
        InvalidDataException or FormatException { Source: "Microsoft.Extensions.Configuration.CommandLine" } => [exception.Message],
        IOException { InnerException: AddressInUseException } => [exception.Message],
        SocketException { SocketErrorCode: SocketError.AddressNotAvailable or SocketError.AccessDenied } => [$"the address of section Listen cannot be bound: {exception.Message}"],
        _ => [],
    };
}
