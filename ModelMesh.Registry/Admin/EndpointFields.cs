using System.Text.Json;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Registry.Secrets;
using ModelMesh.ServiceDefaults.Json;

namespace ModelMesh.Registry.Admin;

/// <summary>Reads the endpoints of a model version: <c>[{"endpoint","weight"}…]</c>.</summary>
internal static class EndpointFields
{
    private const int MostEndpoints = 64;
    private const int MostWeight = 1_000_000;
    private const int LongestEndpoint = 2_000;

    /// <summary>In the order of the body; one that cannot be read, a fault, has no address.</summary>
    public static IReadOnlyList<ModelEndpoint> Endpoints(this FieldReader fields, string field, FaultList faults)
    {
        if (!fields.TryTake(field, out var value))
        {
            return [];
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            fields.Wrong(field, "an array of objects", value);
            return [];
        }

        if (value.GetArrayLength() > MostEndpoints)
        {
            fields.Fault(field, $"must have at most {MostEndpoints} entries");
            return [];
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        return [.. value.EnumerateArray().Index().Select(item => One(item.Item, FieldPath.At(field, item.Index), seen, faults))];
    }

    private static ModelEndpoint One(JsonElement value, string place, HashSet<string> seen, FaultList faults)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            faults.Add(place, $"must be an object, not {JsonKind.Of(value)}");
            return new ModelEndpoint { Endpoint = "" };
        }

        var fields = new FieldReader(value, place, faults);
        var endpoint = fields.RequiredText("endpoint", LongestEndpoint);
        var read = new ModelEndpoint { Endpoint = endpoint };
        read = read with { Weight = (int)(fields.WholeNumber("weight", 1, MostWeight) ?? read.Weight) };
        fields.RefuseTheRest();
        if (endpoint.Length == 0)
        {
            return read;
        }

        if (!Uri.TryCreate(endpoint, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.Host.Length == 0)
        {
            fields.Fault("endpoint", "must be an absolute http or https URL");
        }
        else if (SecretText.FaultOf(endpoint) is { } fault)
        {
            fields.Fault("endpoint", fault);
        }
        else if (!seen.Add(uri.AbsoluteUri.TrimEnd('/')))
        {
            fields.Fault("endpoint", "is in the list already");
        }

        return read;
    }
}
