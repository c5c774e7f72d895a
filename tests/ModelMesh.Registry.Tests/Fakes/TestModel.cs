using System.Text.Json;
using ModelMesh.Contracts.Catalog;

namespace ModelMesh.Registry.Tests.Fakes;

internal static class TestModel
{
    public static ModelVersion Mock(string backend = "{}", string name = "chat", int maxConcurrency = 1000) => Of("mock", backend, name, maxConcurrency);

    public static ModelVersion Of(string type, string backend = "{}", string name = "chat", int maxConcurrency = 1000) => new()
    {
        Name = name,
        Version = "v1",
        BackendType = type,
        Backend = JsonDocument.Parse(backend).RootElement,
        MaxConcurrency = maxConcurrency,
    };
}
