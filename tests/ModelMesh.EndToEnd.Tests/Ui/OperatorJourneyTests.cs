using Microsoft.Playwright;
using ModelMesh.EndToEnd.Tests.Harness;
using ModelMesh.EndToEnd.Tests.Traffic;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ModelMesh.EndToEnd.Tests.Ui;

/// <summary>
/// What an operator does with a model from its first day to its last, in a real browser on real processes: register → stream in the playground → hot update
/// while it streams → canary → delete. Nothing is loaded anew on the way, and no page complains.
/// </summary>
public sealed class OperatorJourneyTests
{
    private const int Tokens = 120;

    [OnChromiumFact]
    public async Task Model_FromItsRegistrationToItsDeletion_IsRunByPagesAlone()
    {
        await using var mesh = await MeshProcesses.StartAsync();
        await using var browser = await Browser.StartAsync();
        var page = await browser.OpenAsync(mesh.Registries[0].Http);
        await page.GotoAsync("/ui");
        await page.EvaluateAsync("window.notReloaded = true");
        await Expect(page.GetByText("No model yet")).ToBeVisibleAsync();

        await RegisterAsync(page, "v1", weight: "100");
        await PlayWhileItIsUpdatedAsync(mesh, browser, page);
        await RegisterAsync(page, "v2", weight: "0");
        await RollOutAsync(mesh, page);
        await DeleteAsync(page, "v1");
        await DeleteAsync(page, "v2");
        await Expect(page.GetByText("No model yet")).ToBeVisibleAsync();

        Assert.True(await page.EvaluateAsync<bool>("window.notReloaded"), "the page was loaded anew");

        // A browser says of every refusal what it thinks of it: there was one a registration, and nothing else.
        Assert.Equal(2, browser.Complaints.Count);
        Assert.All(browser.Complaints, complaint => Assert.Contains("status of 400", complaint, StringComparison.Ordinal));
    }

    private static async Task RegisterAsync(IPage page, string version, string weight)
    {
        await page.Locator("#nav").GetByText("Models").ClickAsync();
        await page.Locator("#main a[href='/ui/register']").First.ClickAsync();
        await page.FillAsync("#f-name", "org/chat:latest");
        await page.FillAsync("#f-version", version);
        await page.SelectOptionAsync("#f-backend_type", "mock");
        await page.FillAsync("#f-max_concurrency", "0");
        await page.FillAsync("#f-weight", weight);
        await page.FillAsync("#f-backend", $$"""{"tokens":{{Tokens}},"token_delay_ms":25,"seed":7}""");

        // What the API refuses is said at its field, and nothing is lost.
        await page.ClickAsync("#model-form button[type=submit]");
        await Expect(page.Locator("#f-max_concurrency-fault")).Not.ToBeEmptyAsync();
        await page.FillAsync("#f-max_concurrency", "8");
        await page.ClickAsync("#model-form button[type=submit]");
        await page.WaitForURLAsync($"**/versions/{version}");

        await page.Locator("#nav").GetByText("Models").ClickAsync();
        await Expect(Row(page, version).Locator("[data-value=status]")).ToHaveTextAsync("ready");
    }

    private static async Task PlayWhileItIsUpdatedAsync(MeshProcesses mesh, Browser browser, IPage page)
    {
        var before = await RevisionAsync(mesh, "v1");
        await page.Locator("#nav").GetByText("Playground").ClickAsync();
        await page.FillAsync("#playground-model-0", "org/chat:latest@v1");
        await page.FillAsync("#playground-prompt", "count");
        await page.Keyboard.PressAsync("Control+Enter");
        var answer = page.Locator(".answer").First;
        await Expect(answer).ToHaveAttributeAsync("data-state", "streaming");

        // In another window, while it streams. The diff is shown before anything happens.
        var other = await browser.OpenAsync(mesh.Registries[1].Http);
        await other.GotoAsync($"/ui/models/{Uri.EscapeDataString("org/chat:latest")}/versions/v1/edit");
        await other.FillAsync("#f-max_concurrency", "16");
        await other.ClickAsync("#model-form button[type=submit]");
        await Expect(other.Locator("dialog .diff")).ToContainTextAsync("max_concurrency");
        await Expect(other.Locator("dialog .diff .new")).ToContainTextAsync("16");
        Assert.Equal(before, await RevisionAsync(mesh, "v1"));
        await other.Locator("dialog").GetByRole(AriaRole.Button, new() { Name = "Update" }).ClickAsync();
        await Eventually.HoldsAsync(async () => await RevisionAsync(mesh, "v1") > before, TimeSpan.FromSeconds(15), "the update has come");
        await other.CloseAsync();

        // The answer goes on to its end on the revision that it began with.
        await Expect(answer).ToHaveAttributeAsync("data-state", "completed", new() { Timeout = 30_000 });
        await Expect(Fact(answer, "Tokens")).ToHaveTextAsync($"{Tokens}");
        await Expect(Fact(answer, "Revision")).ToHaveTextAsync($"{before}");
    }

    private static async Task RollOutAsync(MeshProcesses mesh, IPage page)
    {
        await page.Locator("#nav").GetByText("Rollouts").ClickAsync();
        await page.Locator("#main a[href^='/ui/start-rollout']").First.ClickAsync();
        await page.SelectOptionAsync("#rollout-model", "org/chat:latest");
        await page.SelectOptionAsync("#to", "v2");
        await page.FillAsync("#steps", "50, 100");
        await page.FillAsync("#step_duration", "1s");
        await page.FillAsync("#min_requests", "3");
        await page.ClickAsync("#start-rollout");
        await Expect(page.Locator("#rollout-status")).ToHaveAttributeAsync("data-status", "running");
        await Expect(page.Locator("#rollout-chart svg")).ToBeVisibleAsync();

        using var enough = new CancellationTokenSource();
        var load = Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            while (!enough.IsCancellationRequested)
            {
                await using var call = InferCall.Start(mesh.Gateway, "org/chat:latest", "hello", version: null);
                Assert.True((await call.Outcome).IsComplete);
            }
        }));
        await Expect(page.Locator("#rollout-status")).ToHaveAttributeAsync("data-status", "completed", new() { Timeout = 90_000 });
        await enough.CancelAsync();
        await load;
    }

    private static async Task DeleteAsync(IPage page, string version)
    {
        await page.Locator("#nav").GetByText("Models").ClickAsync();
        await Row(page, version).Locator("[data-remove=delete]").ClickAsync();
        var question = page.Locator("dialog");
        await Expect(question).ToContainTextAsync("cannot be taken back");

        // The safe answer is the one that Enter gives.
        await page.Keyboard.PressAsync("Enter");
        await Expect(question).Not.ToBeVisibleAsync();
        await Expect(Row(page, version)).ToBeVisibleAsync();

        await Row(page, version).Locator("[data-remove=delete]").ClickAsync();
        await question.Locator("button.danger").ClickAsync();
        await Expect(Row(page, version)).Not.ToBeVisibleAsync();
    }

    private static ILocator Row(IPage page, string version) => page.Locator($"tr[data-key='{Uri.EscapeDataString("org/chat:latest")}@{version}']");

    private static ILocator Fact(ILocator answer, string name) => answer.Locator(".answer-facts > div").Filter(new() { Has = answer.Page.Locator("dt").GetByText(name, new() { Exact = true }) }).Locator("dd");

    private static async Task<long> RevisionAsync(MeshProcesses mesh, string version) =>
        (long)(await mesh.SendAsync(HttpMethod.Get, $"/models/{Uri.EscapeDataString("org/chat:latest")}/versions/{version}", null))["revision"]!;
}
