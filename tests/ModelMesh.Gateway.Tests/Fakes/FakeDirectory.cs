using ModelMesh.Contracts.Instances;
using ModelMesh.ServiceDefaults.Instances;

namespace ModelMesh.Gateway.Tests.Fakes;

internal sealed class FakeDirectory(params InstanceInfo[] instances) : IInstanceDirectory
{
    public event Action? Changed;

    public IReadOnlyList<InstanceInfo> Current { get; private set; } = instances;

    public void Set(params InstanceInfo[] instances)
    {
        Current = instances;
        Changed?.Invoke();
    }
}
