using System.Text.Json;
using ModelMesh.Contracts.Errors;
using ModelMesh.ServiceDefaults.Json;

namespace ModelMesh.Gateway.Service;

/// <summary>The body of <c>POST /v1/batch_infer</c> as a pure function: an array of requests, or an object with one in <c>requests</c>.</summary>
internal static class BatchBody
{
    private const string Field = "requests";

    /// <param name="maxBatch">The most requests that it may hold.</param>
    /// <exception cref="MeshException"><c>invalid_request</c>: what is wrong with the batch itself.</exception>
    public static Batch Parse(ReadOnlyMemory<byte> body, int maxBatch)
    {
        using var document = JsonBody.ParseArrayOrObject(body);
        var isObject = document.RootElement.ValueKind == JsonValueKind.Object;
        var items = isObject ? RequestsOf(document.RootElement) : document.RootElement;
        return items.GetArrayLength() <= maxBatch
            ? new Batch([.. items.EnumerateArray().Select(Parse)], isObject)
            : throw MeshException.Invalid(isObject ? Field : "", $"must be an array of at most {maxBatch} requests");
    }

    private static JsonElement RequestsOf(JsonElement body)
    {
        var faults = new FaultList();
        var fields = new FieldReader(body, "", faults);
        if (!fields.TryTake(Field, out var requests))
        {
            fields.Fault(Field, "is required");
        }
        else if (requests.ValueKind != JsonValueKind.Array)
        {
            fields.Wrong(Field, "an array", requests);
        }

        fields.RefuseTheRest();
        faults.ThrowIfAny();
        return requests;
    }

    private static BatchItem Parse(JsonElement item)
    {
        try
        {
            return item.ValueKind == JsonValueKind.Object
                ? new BatchItem(ServiceBody.Parse(item), null)
                : throw MeshException.Invalid("", $"a request must be an object, not {JsonKind.Of(item)}");
        }
        catch (MeshException fault)
        {
            return new BatchItem(null, fault);
        }
    }
}
