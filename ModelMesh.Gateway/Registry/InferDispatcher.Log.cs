using Grpc.Core;
using ModelMesh.Contracts.Errors;

namespace ModelMesh.Gateway.Registry;

internal sealed partial class InferDispatcher
{
    [LoggerMessage(EventId = 20, EventName = "AttemptFailed", Level = LogLevel.Warning, Message = "Registry instance {Instance} did not serve a request: {Code} ({Status})")]
    private partial void AttemptFailed(string instance, ErrorCode code, StatusCode status);
}
