using System.Text.Json;
using Xunit;

namespace ModelMesh.Registry.Tests.Rollouts;

public sealed class RolloutEventsTests(RolloutFixture fixture) : IClassFixture<RolloutFixture>
{
    [Fact]
    public async Task Events_BeginWithHowItStands_TellEveryStepAndEndWithIt()
    {
        await fixture.One.RegisterAsync("told", ("v1", 100), ("v2", 0));
        var rollout = await fixture.One.RollAsync("told", "\"strategy\":\"rolling\",\"steps\":[50,100],\"step_duration\":\"300ms\"");

        // Its answer ends with the rollout.
        var text = await fixture.Two.Http.GetStringAsync(new Uri($"{rollout}/events", UriKind.Relative)).WaitAsync(TimeSpan.FromSeconds(20));

        var events = text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Where(part => !part.StartsWith(':')).ToList();
        Assert.All(events, part => Assert.Matches("^id: [0-9]+\nevent: rollout\ndata: {[^\n]+}$", part));
        var states = events.Select(part => JsonDocument.Parse(part[part.IndexOf('{', StringComparison.Ordinal)..]).RootElement)
            .Select(data => $"{data.GetProperty("status").GetString()} {data.GetProperty("step").GetInt32()} {data.GetProperty("traffic_split").GetRawText()}")
            .ToList();
        Assert.Equal("""completed 2 {"v1":0,"v2":100}""", states[^1]);
        Assert.Contains("""running 1 {"v1":50,"v2":50}""", states);
        Assert.Contains("""running 2 {"v1":0,"v2":100}""", states);
    }

    [Fact]
    public async Task Events_OfARolloutThatHasEnded_AreHowItEnded()
    {
        await fixture.One.RegisterAsync("over", ("v1", 100), ("v2", 0));
        var rollout = await fixture.One.RollAsync("over", "\"step_duration\":60");
        await fixture.One.SteerAsync(rollout, "abort");

        var text = await fixture.One.Http.GetStringAsync(new Uri($"{rollout}/events", UriKind.Relative)).WaitAsync(TimeSpan.FromSeconds(20));

        Assert.Contains("\"status\":\"rolled_back\"", Assert.Single(text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Events_RequestsCome_ShowTheFiguresBeforeTheNextStep()
    {
        await fixture.One.RegisterAsync("figures", ("v1", 100), ("v2", 0));
        var rollout = await fixture.One.RollAsync("figures", "\"step_duration\":60");
        await fixture.One.UntilAsync(rollout, "running");
        using var response = await fixture.Two.Http.GetAsync(new Uri($"{rollout}/events", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());

        fixture.One.Serve("figures", "v2", 7);

        string? line;
        while ((line = await reader.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(20))) is not null && !line.Contains("\"version\":\"v2\",\"requests\":7,", StringComparison.Ordinal))
        {
        }

        Assert.NotNull(line);
    }

    [Fact]
    public async Task RegistrysEvents_TellOfTheRolloutAndOfTheWeights()
    {
        using var response = await fixture.Two.Http.GetAsync(new Uri("/events", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        await fixture.One.RegisterAsync("named", ("v1", 100), ("v2", 0));
        var rollout = await fixture.One.RollAsync("named", "\"step_duration\":60");
        await fixture.One.UntilAsync(rollout, "running");
        HashSet<string> wanted = ["weighted named@v1", "weighted named@v2", "written rollout/named"];

        while (wanted.Count > 0 && await reader.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(20)) is { } line)
        {
            if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                var data = JsonDocument.Parse(line[6..]).RootElement;
                wanted.Remove($"{data.GetProperty("kind").GetString()} {data.GetProperty("id").GetString()}");
            }
        }

        Assert.Empty(wanted);
    }
}
