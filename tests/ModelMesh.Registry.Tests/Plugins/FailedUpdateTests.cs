using System.Net;
using ModelMesh.Registry.Tests.Admin;
using Xunit;

namespace ModelMesh.Registry.Tests.Plugins;

/// <summary>An update that could not serve is refused before it is stored, so the revision before it serves on.</summary>
public sealed class FailedUpdateTests : IAsyncLifetime
{
    private WholeRegistry _registry = null!;

    public async Task InitializeAsync()
    {
        _registry = await WholeRegistry.StartAsync();
        _registry.Folders.DropMock();
        _registry.Folders.DropMisbehaving("moody");
        await _registry.ShowsAsync("ModelMesh.Backends.Mock mock 0.1.0 ready");
        await Eventually.HoldsAsync(async () => (await _registry.BackendsAsync()).Any(line => line.Contains(" moody ", StringComparison.Ordinal) && line.Contains(" ready", StringComparison.Ordinal)), TimeSpan.FromSeconds(15), "moody is ready");
    }

    public async Task DisposeAsync() => await _registry.DisposeAsync();

    [Fact]
    public async Task Update_ThatCannotServe_IsRefusedWithTheReasonAndTheOldRevisionServesOn()
    {
        var registered = await _registry.Http.PostAsync("""{"name":"chat","version":"v1","backend_type":"mock","max_concurrency":4,"backend":{"text":"the old one"}}""");
        var path = "/models/chat/versions/v1";

        // Its type's plugin is there, and throws when it is to make the backend.
        var unmade = await _registry.Http.PutAsync(path, """{"backend_type":"moody"}""");
        var settings = await _registry.Http.PutAsync(path, """{"backend_type":"mock","backend":{"text":"new","tokens":-1}}""");
        var type = await _registry.Http.PutAsync(path, """{"backend_type":"nothing"}""");

        Assert.Equal([HttpStatusCode.BadRequest, HttpStatusCode.BadRequest, HttpStatusCode.BadRequest], [unmade.Status, settings.Status, type.Status]);
        Assert.StartsWith("backend: The plugin 'Misbehaving' could not make a backend of it", Assert.Single(unmade.Faults), StringComparison.Ordinal);
        Assert.All(settings.Faults, fault => Assert.StartsWith("backend.", fault, StringComparison.Ordinal));
        Assert.StartsWith("backend_type: ", Assert.Single(type.Faults), StringComparison.Ordinal);
        var now = await _registry.Http.ReadAsync(path);
        Assert.Equal((registered.Revision, "ready"), (now.Revision, now.Body.GetProperty("status").GetString()));
        Assert.Equal("the old one", await _registry.AnswerAsync("chat"));
    }
}
