using ModelMesh.Contracts.Instances;

namespace ModelMesh.Gateway.Registry;

/// <summary>What the choice of an instance looks at.</summary>
internal readonly record struct InstanceView(InstanceInfo Info, int InFlight, Quarantine Quarantine);
