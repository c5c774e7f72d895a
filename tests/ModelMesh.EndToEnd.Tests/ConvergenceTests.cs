using System.Text.Json.Nodes;
using ModelMesh.EndToEnd.Tests.Harness;
using Xunit;

namespace ModelMesh.EndToEnd.Tests;

public sealed class ConvergenceTests
{
    [Fact]
    public async Task FiftyChangesThroughAlternatingReplicas_WithPubSubDropped_AllReplicasConvergeWithinFiveSeconds()
    {
        await using var mesh = await MeshProcesses.StartAsync(settings: new Dictionary<string, string>(StringComparer.Ordinal) { ["Store__DropEvents"] = "true" });
        for (var change = 0; change < 50; change++)
        {
            var (name, replica) = ($"model-{change / 3}", change % 2);
            switch (change % 3)
            {
                case 0:
                    await mesh.RegisterAsync(name, [], 1, replica);
                    break;
                case 1:
                    await mesh.UpdateAsync(name, new JsonObject { ["text"] = $"{change}" }, 1, replica);
                    break;
                default:
                    // Every second model goes again.
                    if (change % 2 == 0)
                    {
                        using var deleted = await mesh.Registry(replica).DeleteAsync(new Uri($"/models/{name}/versions/v1", UriKind.Relative));
                        Assert.True(deleted.IsSuccessStatusCode);
                    }
                    else
                    {
                        await mesh.UpdateAsync(name, new JsonObject { ["text"] = $"{change}" }, 2, replica);
                    }

                    break;
            }
        }

        await Eventually.HoldsAsync(
            async () =>
            {
                var one = await CatalogAsync(mesh, 0);
                return one.SetEquals(await CatalogAsync(mesh, 1)) && one.Count == 9 && one.All(model => model.EndsWith(" ready", StringComparison.Ordinal));
            },
            TimeSpan.FromSeconds(5),
            "both replicas show the same nine models at the same revisions, all of them ready");
    }

    [Fact]
    public async Task Infer_AfterAPutThatNoOtherReplicaHeardOf_IsNeverServedByAnOlderRevision()
    {
        // Nobody is told, and nobody looks by itself in time: only admission can say that a newer revision is there.
        await using var mesh = await MeshProcesses.StartAsync(settings: new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Store__DropEvents"] = "true",
            ["Store__ReconcileInterval"] = "00:01:00",
        });
        await mesh.RegisterAsync("fresh", new JsonObject { ["text"] = "0" }, 10);
        var instances = new HashSet<string?>(StringComparer.Ordinal);
        for (var round = 1; round <= 20; round++)
        {
            var revision = (long)(await mesh.UpdateAsync("fresh", new JsonObject { ["text"] = $"{round}" }, 10, round % 2))["revision"]!;
            await using var one = mesh.Infer("fresh");
            await using var two = mesh.Infer("fresh");
            foreach (var outcome in await Task.WhenAll(one.Outcome, two.Outcome))
            {
                Assert.Equal((revision, $"{round}", true), (outcome.Revision, outcome.Text, outcome.IsComplete));
                instances.Add(outcome.Instance);
            }
        }

        Assert.Equal(2, instances.Count);
    }

    private static async Task<HashSet<string>> CatalogAsync(MeshProcesses mesh, int registry)
    {
        var models = JsonNode.Parse(await mesh.Registry(registry).GetStringAsync(new Uri("/models?limit=1000", UriKind.Relative)))!["models"]!.AsArray();
        return [.. models.Select(model => $"{model!["name"]} {model["revision"]} {model["status"]}")];
    }
}
