using System.Text.Json.Nodes;
using ModelMesh.EndToEnd.Tests.Harness;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ModelMesh.EndToEnd.Tests.Ui;

/// <summary>A page stays true by itself, whatever happens to the replica that it came from.</summary>
public sealed class LivePageTests
{
    [OnChromiumFact]
    public async Task Page_WhenItsReplicaIsKilled_GoesOnAtTheOtherWithoutAReload()
    {
        await using var mesh = await MeshProcesses.StartAsync();
        await using var balancer = new SharedPort([.. mesh.Registries.Select(registry => registry.Http)]);
        await using var browser = await Browser.StartAsync();
        var page = await browser.OpenAsync(balancer.Address);
        await page.GotoAsync("/ui/models");
        await page.EvaluateAsync("window.notReloaded = true");
        await Expect(page.Locator("#live")).ToHaveAttributeAsync("data-state", "live");

        await mesh.RegisterAsync("seen-live", new JsonObject(), 3);
        await Expect(page.Locator("[data-key='seen-live@v1']")).ToBeVisibleAsync();

        mesh.Registries[0].Kill();
        await mesh.RegisterAsync("seen-after", new JsonObject(), 3, registry: 1);
        await Expect(page.Locator("[data-key='seen-after@v1']")).ToBeVisibleAsync();
        await Expect(page.Locator("#live")).ToHaveAttributeAsync("data-state", "live");
        Assert.True(await page.EvaluateAsync<bool>("window.notReloaded"));
    }
}
