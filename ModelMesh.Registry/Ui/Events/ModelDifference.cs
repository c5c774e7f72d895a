using System.Globalization;
using System.Text.Json;
using ModelMesh.Contracts.Catalog;

namespace ModelMesh.Registry.Ui.Events;

/// <summary>What an update has changed, in one line. Pure. Settings of the backend are named, not told: they may be long.</summary>
internal static class ModelDifference
{
    public static string Of(ModelVersion before, ModelVersion now)
    {
        List<string> changes = [];
        Compare("max_concurrency", before.MaxConcurrency, now.MaxConcurrency);
        Compare("weight", before.Weight, now.Weight);
        Compare("backend_type", before.BackendType, now.BackendType);
        Compare("max_queue", before.MaxQueue, now.MaxQueue);
        Compare("shadow", before.Shadow, now.Shadow);
        Compare("balancing", before.Balancing, now.Balancing);
        Compare("cost", before.Cost, now.Cost);
        var named = Rest(before).Zip(Rest(now)).Where(pair => pair.First.Value != pair.Second.Value).Select(pair => pair.First.Name);
        return string.Join(", ", changes.Concat(named)) is { Length: > 0 } text ? text : "nothing but the revision";

        void Compare<T>(string name, T old, T current)
        {
            if (!EqualityComparer<T>.Default.Equals(old, current))
            {
                changes.Add(string.Create(CultureInfo.InvariantCulture, $"{name} {old} → {current}"));
            }
        }
    }

    private static IEnumerable<(string Name, string Value)> Rest(ModelVersion model) =>
    [
        ("backend", model.Backend.GetRawText()),
        ("capabilities", string.Join('\n', model.Capabilities)),
        ("labels", JsonSerializer.Serialize(model.Labels.OrderBy(label => label.Key, StringComparer.Ordinal))),
        ("adapters", string.Join('\n', model.Adapters)),
        ("timeouts", model.Timeouts.ToString()),
        ("backends", string.Join('\n', model.Backends)),
        ("resilience", model.Resilience.ToString()),
        ("cache", model.Cache?.ToString() ?? ""),
        ("queue_timeout", model.QueueTimeoutMs.ToString(CultureInfo.InvariantCulture)),
        ("shadow_sample", model.ShadowSample.ToString(CultureInfo.InvariantCulture)),
    ];
}
