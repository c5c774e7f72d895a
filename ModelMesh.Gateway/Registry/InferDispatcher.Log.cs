using Grpc.Core;
using ModelMesh.Contracts.Errors;

namespace ModelMesh.Gateway.Registry;

internal sealed partial class InferDispatcher
{
    [LoggerMessage(EventId = 20, EventName = "AttemptFailed", Level = LogLevel.Warning, Message = "Registry instance {Instance} did not serve a request: {Code}")]
    private partial void AttemptFailed(RpcException exception, string instance, ErrorCode code);
}
