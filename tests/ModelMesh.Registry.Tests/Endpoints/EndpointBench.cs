using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Errors;
using ModelMesh.Contracts.V1;
using ModelMesh.Registry.Endpoints;
using ModelMesh.Registry.Tests.Fakes;
using ModelMesh.Registry.Tests.Inference;
using ModelMesh.Registry.Tests.ModelHealth;

namespace ModelMesh.Registry.Tests.Endpoints;

/// <summary>A model of its own, whose endpoints <c>http://a/</c>, <c>http://b/</c> … do as a test says.</summary>
internal sealed class EndpointBench(TestRegistry registry, PatientControl patient, ModelVersion model) : IDisposable
{
    public TestRegistry Registry { get; } = registry;

    public RuntimeEndpoints Endpoints => Registry.Runtimes.Find(model.Id)!.Endpoints;

    public ModelId Model => model.Id;

    /// <param name="registry">The registry.</param>
    /// <param name="hosts">One letter each; none: a model without endpoints of its own.</param>
    /// <param name="change">What the model has other than by default.</param>
    public static async Task<EndpointBench> StartAsync(TestRegistry registry, string hosts, Func<ModelVersion, ModelVersion>? change = null)
    {
        var patient = new PatientControl();
        var model = TestModel.Of("patient", patient.Backend, name: $"m-{Guid.NewGuid():N}") with
        {
            Backends = [.. hosts.Select(host => new ModelEndpoint { Endpoint = $"http://{host}/v1?key=hush" })],
            Balancing = BalancingPolicies.RoundRobin,
        };
        model = registry.Put(change?.Invoke(model) ?? model);
        await registry.Runtimes.SettleAsync(model.Id, CancellationToken.None);
        return new EndpointBench(registry, patient, model);
    }

    public void Set(string host, string how) => patient.Set(host.Length == 0 ? "chat" : $"{host}-chat", how);

    public int CallsAt(string host) => host.Length == 0 ? patient.Calls : patient.CallsAt(host);

    public InferRequest Request(string input = "hello") =>
        new() { RequestId = Guid.NewGuid().ToString("N"), Model = model.Name, Version = model.Version, Messages = { new ChatMessage { Role = "user", Content = input } } };

    public InferCall Infer(CancellationToken cancellationToken = default) => new(Registry.Client.Infer(Request(), cancellationToken: cancellationToken));

    public async Task<InferCall> CompletesAsync()
    {
        using var call = Infer();
        await call.CompletedAsync();
        return call;
    }

    public async Task<MeshException> FailsAsync()
    {
        using var call = Infer();
        return await call.FailedAsync();
    }

    public void Dispose() => patient.Dispose();
}
