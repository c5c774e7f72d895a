using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Chat;
using ModelMesh.Gateway.Routing;
using ModelMesh.Gateway.Traffic;

namespace ModelMesh.Gateway.Shadows;

/// <summary>A request for a shadow version. It shares the request's own messages, which nobody changes, and holds nothing else of it.</summary>
internal sealed class ShadowCopy(AnswerCall call, ModelRoute route)
{
    private readonly ChatRequest _request = call.Request;
    private readonly string _requestId = $"{call.RequestId}-shadow";

    // Those of the request hold its headers, which are the server's to use again.
    private readonly CallTraits _traits = new() { HashKey = call.Traits.HashKey, Client = call.Traits.Client };

    public ModelVersion Model => route.Model;

    public string? HashKey => _request.HashKey ?? _traits.HashKey;

    public IReadOnlyList<ChatMessage> Messages => _request.Messages;

    /// <summary>Whether it would be answered the same each time.</summary>
    public bool IsGreedy => IsGreedyFor(_request, route);

    public static bool IsGreedyFor(ChatRequest request, ModelRoute route) => NativeForm.Of(route, request.NativeOptions, request.Options) is { HasTemperature: true, Temperature: 0 };

    public InferRequest ToInferRequest()
    {
        var request = _request.ToInferRequest(route, _requestId, _traits);
        request.Shadow = true;
        return request;
    }
}
