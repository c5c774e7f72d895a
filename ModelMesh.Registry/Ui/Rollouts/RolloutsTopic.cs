using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using ModelMesh.Registry.Ui.Live;

namespace ModelMesh.Registry.Ui.Rollouts;

/// <summary><c>rollouts</c>: every rollout that runs, by its model's name, and each of its steps as <c>name/step</c>. One that ends is gone; its page fetches how it ended.</summary>
internal sealed class RolloutsTopic(RolloutCharts charts) : ILiveTopic
{
    public string Name => "rollouts";

    public async ValueTask<IReadOnlyDictionary<string, string>> ReadAsync(CancellationToken cancellationToken)
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var chart in await charts.ActiveAsync())
        {
            all[chart.Rollout.Key] = JsonSerializer.Serialize(chart.Rollout, RolloutUiJson.Readable.RolloutSheet);
            foreach (var step in chart.Steps)
            {
                all[$"{chart.Rollout.Key}/{FigureText.Number(step.Step)}"] = JsonSerializer.Serialize(step, RolloutUiJson.Readable.RolloutStepSheet);
            }
        }

        return all;
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RolloutChart))]
internal sealed partial class RolloutUiJson : JsonSerializerContext
{
    public static RolloutUiJson Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
