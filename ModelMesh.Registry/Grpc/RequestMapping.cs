using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Errors;
using ModelMesh.Contracts.V1;
using ModelMesh.Registry.Inference;
using ModelMesh.Registry.Queue;
using ModelMesh.Registry.Requests;

namespace ModelMesh.Registry.Grpc;

/// <summary>Turns a request off the wire into what backends take.</summary>
internal static class RequestMapping
{
    /// <exception cref="MeshException"><c>invalid_request</c> that lists every fault.</exception>
    public static InferenceRequest ToRequest(InferRequest request)
    {
        var faults = new List<ErrorDetail>();
        CheckModel(request.Model, request.Version, faults);
        CheckPriority(request.Priority, faults);
        if (request.Messages.Count == 0)
        {
            faults.Add(new ErrorDetail("messages", "must hold at least one message"));
        }

        var messages = request.Messages.Select((message, index) => MessageMapping.ToMessage(message, $"messages[{index}]", faults)).ToList();
        var options = OptionsMapping.ToOptions(request, faults);
        return faults.Count == 0
            ? new InferenceRequest(request.RequestId, new ModelId(request.Model, request.Version), messages, options)
            {
                Lenient = request.Lenient,
                Priority = request.Priority,
                Shadow = request.Shadow,
                HashKey = request.HashKey,
                AvoidEndpoint = request.AvoidEndpoint,
                Collects = request.Collects,
                Client = RequestWire.ToClient(request.Client),
            }
            : throw MeshException.Invalid(faults);
    }

    /// <exception cref="MeshException"><c>invalid_request</c> that lists every fault.</exception>
    public static EmbeddingRequest ToRequest(EmbedRequest request)
    {
        var faults = new List<ErrorDetail>();
        CheckModel(request.Model, request.Version, faults);
        CheckPriority(request.Priority, faults);
        if (request.Inputs.Count == 0)
        {
            faults.Add(new ErrorDetail("input", "must hold at least one text"));
        }

        if (request is { HasDimensions: true, Dimensions: < 1 })
        {
            faults.Add(new ErrorDetail("dimensions", "must be at least 1"));
        }

        var extra = ExtraMapping.ToExtra(request.ExtraJson, "extra", faults);
        return faults.Count == 0
            ? new EmbeddingRequest(request.RequestId, new ModelId(request.Model, request.Version), [.. request.Inputs])
            {
                Dimensions = request.HasDimensions ? request.Dimensions : null,
                Extra = extra,
                Adapter = request.Adapter.Length == 0 ? null : request.Adapter,
                Lenient = request.Lenient,
                HashKey = request.HashKey,
                Priority = request.Priority,
                Client = RequestWire.ToClient(request.Client),
            }
            : throw MeshException.Invalid(faults);
    }

    private static void CheckPriority(int priority, List<ErrorDetail> faults)
    {
        if (priority is < QueueOrder.LowestPriority or > QueueOrder.HighestPriority)
        {
            faults.Add(new ErrorDetail("priority", $"must be from {QueueOrder.LowestPriority} to {QueueOrder.HighestPriority}"));
        }
    }

    private static void CheckModel(string model, string version, List<ErrorDetail> faults)
    {
        if (model.Length == 0)
        {
            faults.Add(new ErrorDetail("model", "must not be empty"));
        }

        if (version.Length == 0)
        {
            faults.Add(new ErrorDetail("version", "must not be empty"));
        }
    }
}
