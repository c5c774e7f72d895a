using ModelMesh.Registry.Endpoints;
using ModelMesh.ServiceDefaults.Telemetry;

namespace ModelMesh.Registry.Attempts;

/// <summary>What attempts need to know of a request.</summary>
/// <param name="RequestId">The mesh's name for it.</param>
/// <param name="Wish">What has a say in the endpoint.</param>
/// <param name="OfAdapter">Whether it asks for one of the model's adapters.</param>
/// <param name="OnlyOnce">Whether it is not to be sent again, whatever happens.</param>
/// <param name="Operation">What the call is to telemetry.</param>
/// <param name="Before">How many times backends were asked already, before it was pre-empted.</param>
internal sealed record AttemptRequest(string RequestId, EndpointWish Wish, bool OfAdapter, bool OnlyOnce, string Operation = GenAi.Chat, int Before = 0);
