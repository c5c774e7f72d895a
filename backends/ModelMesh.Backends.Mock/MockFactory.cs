using ModelMesh.Backends.Sdk;

[assembly: BackendFactory(typeof(ModelMesh.Backends.Mock.MockFactory))]

namespace ModelMesh.Backends.Mock;

/// <summary>The backend type <c>mock</c>: a model without a model, for trying the mesh, testing it and loading it.</summary>
public sealed class MockFactory : IBackendFactory
{
    /// <inheritdoc/>
    public string Type => "mock";

    /// <inheritdoc/>
    public IBackend Create(BackendSettings settings, IServiceProvider services)
    {
        var time = services.GetService(typeof(TimeProvider)) as TimeProvider ?? TimeProvider.System;
        var mock = MockSettings.Read(settings.Reader());
        return new MockBackend(mock, time, mock.Journal is { } directory ? new MockJournal(directory, settings) : null);
    }
}
