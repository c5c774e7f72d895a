using ModelMesh.Contracts.Instances;

namespace ModelMesh.Registry.Ui.Instances;

/// <summary>A replica that is not there any more, as it was last.</summary>
internal sealed record GoneInstance(InstanceInfo Instance, DateTimeOffset At);
