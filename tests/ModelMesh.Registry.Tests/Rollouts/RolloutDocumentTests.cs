using ModelMesh.Registry.Tests.Admin;
using ModelMesh.Registry.Tests.Plugins;
using ModelMesh.Testing.OpenApi;
using Xunit;

namespace ModelMesh.Registry.Tests.Rollouts;

/// <summary>What the registry's document says of rollouts is what they do. Its examples need two versions, and an id that only an answer tells.</summary>
public sealed class RolloutDocumentTests
{
    [Fact]
    public async Task Document_EveryExampleAndEveryCallOfARollout_IsAnsweredAsItSays()
    {
        await using var registry = await WholeRegistry.StartAsync();
        registry.Folders.DropMock();
        await registry.ShowsAsync("ModelMesh.Backends.Mock mock 0.1.0 ready");
        foreach (var version in new[] { "v1", "v2" })
        {
            await registry.Http.PostAsync($$"""{"name":"chat-bot","version":"{{version}}","backend_type":"mock"}""");
        }

        var operations = (await ApiDocument.ReadAsync(registry.Http)).Operations.Where(operation => operation.Path.StartsWith("/models/{name}/rollouts", StringComparison.Ordinal)).ToList();
        var start = operations.Single(operation => operation.BodySchema is not null);
        foreach (var (_, body) in start.BodyExamples.Concat(ExampleRun.FullBodies(start)))
        {
            Assert.Empty(await ExampleRun.FaultsAsync(registry.Http, start, body));
            var list = await registry.Http.ReadAsync("/models/chat-bot/rollouts");
            var id = list.Body.GetProperty("rollouts")[0].GetProperty("request_id").GetString()!;
            foreach (var (method, end) in new[] { ("GET", "rollouts"), ("GET", "{request_id}"), ("POST", "pause"), ("POST", "resume"), ("POST", "abort"), ("GET", "events") })
            {
                var operation = operations.Single(one => one.Method == method && one.Path.EndsWith(end, StringComparison.Ordinal));
                Assert.Empty(await ExampleRun.FaultsAsync(registry.Http, operation with { Path = operation.Path.Replace("{request_id}", id, StringComparison.Ordinal) }));
            }
        }
    }
}
