namespace ModelMesh.Gateway.Registry;

internal sealed partial class RegistryFleet
{
    [LoggerMessage(EventId = 10, EventName = "InstanceJoined", Level = LogLevel.Information, Message = "Registry instance {Instance} at {Address}")]
    private partial void Joined(string instance, string address);

    [LoggerMessage(EventId = 11, EventName = "InstanceGone", Level = LogLevel.Information, Message = "Registry instance {Instance} is gone")]
    private partial void Gone(string instance);

    [LoggerMessage(EventId = 12, EventName = "InstanceWithoutAddress", Level = LogLevel.Warning, Message = "Registry instance {Instance} names no usable gRPC address: '{Address}'")]
    private partial void NoAddress(string instance, string address);
}
