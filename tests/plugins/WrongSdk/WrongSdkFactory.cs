using ModelMesh.Backends.Sdk;

[assembly: BackendFactory(typeof(WrongSdk.WrongSdkFactory))]

namespace WrongSdk;

public sealed class WrongSdkFactory : IBackendFactory
{
    public string Type => "wrong-sdk";

    public IBackend Create(BackendSettings settings, IServiceProvider services) => throw new NotSupportedException();
}
