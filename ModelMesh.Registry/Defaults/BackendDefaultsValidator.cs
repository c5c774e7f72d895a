using Microsoft.Extensions.Options;
using ModelMesh.Registry.Secrets;

namespace ModelMesh.Registry.Defaults;

/// <summary>Finds every wrong default. None is repeated: it may hold the secret. A reference that leads nowhere yet is left to the models: a file may be mounted later.</summary>
internal sealed class BackendDefaultsValidator : IValidateOptions<BackendDefaultsTable>
{
    public ValidateOptionsResult Validate(string? name, BackendDefaultsTable options)
    {
        var faults = new ValidateOptionsResultBuilder();
        foreach (var (type, given) in options.All)
        {
            if (given.Endpoint is { } endpoint && FaultOf(endpoint) is { } fault)
            {
                faults.AddError($"{NameOf(type, nameof(given.Endpoint))} {fault}.");
            }

            if (given.ApiKey is { } key && SecretReference.IsMeantAsOne(key) && !SecretReference.TryParse(key, out _, out var wrong))
            {
                faults.AddError($"{NameOf(type, nameof(given.ApiKey))} {wrong}.");
            }
        }

        return faults.Build();
    }

    private static string? FaultOf(string endpoint) =>
        !Uri.TryCreate(endpoint, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") ? "must be an absolute http or https URL"
        : SecretText.FaultOf(endpoint);

    private static string NameOf(string type, string setting) => BackendFlag.Describe($"{BackendDefaultsTable.Section}:{type}:{setting}");
}
