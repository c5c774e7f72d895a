using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Figures;
using ModelMesh.ServiceDefaults.Store;
using StackExchange.Redis;

namespace ModelMesh.ServiceDefaults.Figures;

/// <summary>
/// Reads instances' figures from the store: for each one whose sequence has not changed two small fields, else all. What cannot be read, because it is malformed or written by a
/// newer version, is left out and logged once for its instance; it takes nothing else with it.
/// </summary>
public sealed partial class FigureReader(StoreConnection store, ILogger<FigureReader> logger)
{
    private static readonly RedisValue[] Head = [FigureFields.Format, FigureFields.Sequence];

    private readonly ConcurrentDictionary<string, byte> _told = new(StringComparer.Ordinal);

    /// <returns>Those instances that have figures in the store; of one that has not changed, what was known.</returns>
    /// <exception cref="Contracts.Errors.MeshException"><c>store_unavailable</c>.</exception>
    public async Task<IReadOnlyList<InstanceFigures>> ReadAsync(IReadOnlyList<string> instances, IReadOnlyList<InstanceFigures> known)
    {
        foreach (var gone in _told.Keys.Except(instances, StringComparer.Ordinal))
        {
            _told.TryRemove(gone, out _);
        }

        return [.. (await Task.WhenAll(instances.Select(instance => ReadAsync(instance, known.FirstOrDefault(figures => figures.Instance == instance))))).OfType<InstanceFigures>()];
    }

    private async Task<InstanceFigures?> ReadAsync(string instance, InstanceFigures? known)
    {
        var key = store.Keys.InstanceModels(instance);
        var head = await store.RunAsync(database => database.HashGetAsync(key, Head));
        if (head[0].IsNull || (known is not null && head[1] == known.Sequence))
        {
            return head[0].IsNull ? null : known;
        }

        if (!int.TryParse(head[0].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var format) || format > FigureFields.CurrentFormat)
        {
            TellOnce(instance, FigureFields.Format, head[0].ToString());
            return null;
        }

        return Parse(instance, await store.RunAsync(database => database.HashGetAllAsync(key)));
    }

    private InstanceFigures Parse(string instance, HashEntry[] fields)
    {
        var models = new Dictionary<ModelId, ModelFigures>();
        var sequence = "";
        foreach (var field in fields)
        {
            var (name, value) = (field.Name.ToString(), field.Value.ToString());
            if (name is FigureFields.Sequence)
            {
                sequence = value;
            }
            else if (ModelId.TryParse(name, out var id) && Parse(value) is { } figures)
            {
                models[id] = figures;
            }
            else if (name is not FigureFields.Format)
            {
                TellOnce(instance, name, value);
            }
        }

        return new InstanceFigures(instance, sequence, models);
    }

    private static ModelFigures? Parse(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, FigureJson.Default.ModelFigures);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private void TellOnce(string instance, string field, string value)
    {
        if (_told.TryAdd(instance, 0))
        {
            Unreadable(logger, field, instance, value.Length <= 100 ? value : value[..100]);
        }
    }

    [LoggerMessage(EventId = 171, EventName = "FiguresUnreadable", Level = LogLevel.Warning, Message = "The field {Field} of instance {Instance}'s figures cannot be read and is left out: {Value}")]
    private static partial void Unreadable(ILogger logger, string field, string instance, string value);
}
