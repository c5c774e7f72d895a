using ModelMesh.Cli.Http.Views;
using ModelMesh.Cli.Requests;
using ModelMesh.Cli.Tables;
using ModelMesh.Cli.Terminals;
using ModelMesh.Cli.Values;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace ModelMesh.Cli.Top;

/// <summary>What is shown of a snapshot in so many lines. Pure.</summary>
internal static class TopFrame
{
    private const int BarWidth = 12;

    // The header, three headings, their blank lines and the last line of keys.
    private const int Fixed = 10;
    private const int FewestModels = 3;

    /// <param name="height">In lines; null: everything, one below the other.</param>
    public static IRenderable Of(TopSnapshot snapshot, TopState state, int? height, TimeProvider time)
    {
        var room = Math.Max(FewestModels + 2, (height ?? int.MaxValue / 2) - Fixed - snapshot.Troubles.Count);
        var instances = Math.Min(snapshot.Instances.Count, Math.Max(1, room / 4));
        var requests = Math.Min(snapshot.Requests?.Requests.Count ?? 0, Math.Max(1, (room - instances) / 2));
        var models = Math.Max(FewestModels, room - instances - requests);
        List<IRenderable> parts = [Header(snapshot, state), Text.Empty, Models(snapshot, state, models)];
        if (snapshot.Requests is { Requests.Count: > 0 } running)
        {
            parts.AddRange([Text.Empty, Requests(running, requests)]);
        }

        parts.AddRange([Text.Empty, Instances(snapshot, instances, time)]);
        parts.AddRange(snapshot.Troubles.Select(trouble => Line(trouble, new Style(Color.Red))));
        if (height is not null)
        {
            parts.Add(Line("q leaves · ↑↓ scroll · ←→ order", new Style(decoration: Decoration.Dim)));
        }

        return new Rows(parts);
    }

    /// <summary>The versions in the order that the user chose; equals by name.</summary>
    public static IEnumerable<ModelView> Ordered(TopSnapshot snapshot, TopOrder order) => order switch
    {
        TopOrder.Name => snapshot.Models,
        TopOrder.Speed => snapshot.Models.OrderByDescending(model => snapshot.Speed(model)?.TokensPerSecond ?? -1),
        TopOrder.FirstToken => snapshot.Models.OrderByDescending(model => snapshot.Speed(model)?.TimeToFirstTokenMs ?? -1),
        _ => snapshot.Models.OrderByDescending(model => model.Active ?? 0).ThenByDescending(model => model.Queued ?? 0),
    };

    private static Text Header(TopSnapshot snapshot, TopState state)
    {
        var active = snapshot.Models.Sum(model => model.Active ?? 0);
        var slots = snapshot.Models.Sum(model => (long)model.MaxConcurrency);
        var queued = snapshot.Models.Sum(model => model.Queued ?? 0);
        return Line(
            $"{snapshot.Models.Count} versions · {active}/{slots} active · {queued} queued · {snapshot.Instances.Count} instances · by {(state.Order is TopOrder.FirstToken ? "time to first token" : state.Order.ToString().ToLowerInvariant())}",
            new Style(decoration: Decoration.Bold));
    }

    private static Table Models(TopSnapshot snapshot, TopState state, int count)
    {
        var listing = new Listing("model", "status", "active#", "", "queued#", "weight#", "tok/s#", "ttft#", "health");
        foreach (var model in Ordered(snapshot, state.Order).Skip(state.Offset).Take(count))
        {
            var share = model.Active is { } active ? (double)active / model.MaxConcurrency : 0;
            var speed = snapshot.Speed(model);
            listing.Add(
                model.Id, Cell.State(model.Status), $"{model.Active?.ToString() ?? "?"}/{model.MaxConcurrency}",
                new Cell(Bars.Draw(share, BarWidth), share >= 1 ? Color.Red : share >= 0.75 ? Color.Yellow : Color.Green),
                model.Queued?.ToString() ?? "?", model.Shadow ? "shadow" : $"{model.Weight}", Figures.Rate(speed?.TokensPerSecond), Figures.Milliseconds(speed?.TimeToFirstTokenMs),
                Cell.State(model.Health?.State ?? "unknown"));
        }

        return listing.Table;
    }

    private static Rows Requests(RequestListView requests, int count)
    {
        var all = requests.Totals?.Requests ?? requests.Requests.Count;
        return new Rows(Line($"requests: {Math.Min(count, requests.Requests.Count)} of {all}, the oldest first", new Style(decoration: Decoration.Bold)), RequestTable.Of(requests.Requests.Take(count)).Table);
    }

    private static Table Instances(TopSnapshot snapshot, int count, TimeProvider time)
    {
        var listing = new Listing("instance", "http", "up#", "state", "backends");
        foreach (var instance in snapshot.Instances.Take(count))
        {
            listing.Add(
                instance.Id, instance.HttpAddress, Moments.Ago(instance.StartedAt, time), Cell.State(instance.Stopping ? "stopping" : "ready"),
                string.Join(", ", instance.Plugins.Where(plugin => plugin.State is "ready").Select(plugin => plugin.Type)));
        }

        return listing.Table;
    }

    private static Text Line(string text, Style style) => new(SafeText.Line(text), style) { Overflow = Overflow.Ellipsis };
}
