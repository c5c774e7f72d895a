using System.Net;
using Microsoft.Extensions.Options;

namespace ModelMesh.ServiceDefaults.Listening;

internal sealed class ListenSettingsValidator : IValidateOptions<ListenSettings>
{
    public ValidateOptionsResult Validate(string? name, ListenSettings options)
    {
        var faults = new List<string>();
        if (options.Host is not ("*" or "localhost") && !IPAddress.TryParse(options.Host, out _))
        {
            faults.Add($"Listen:Host is '{options.Host}'; it must be an IP address, localhost or *");
        }

        Port(nameof(options.Http), options.Http);
        Port(nameof(options.Grpc), options.Grpc);
        if (options.Http is > 0 && options.Http == options.Grpc)
        {
            faults.Add($"Listen:Http and Listen:Grpc are both {options.Http}; they cannot share a port");
        }

        return faults.Count > 0 ? ValidateOptionsResult.Fail(faults) : ValidateOptionsResult.Success;

        void Port(string field, int? port)
        {
            if (port is < IPEndPoint.MinPort or > IPEndPoint.MaxPort)
            {
                faults.Add($"Listen:{field} is {port}; it must be a port from 0 to {IPEndPoint.MaxPort}");
            }
        }
    }
}
