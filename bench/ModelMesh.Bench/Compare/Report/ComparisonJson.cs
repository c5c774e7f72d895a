using System.Text.Json;
using System.Text.Json.Serialization;
using ModelMesh.Bench.Compare.Results;

namespace ModelMesh.Bench.Compare.Report;

/// <summary>A comparison in a file, so that its report can be made again.</summary>
internal static class ComparisonJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        NewLine = "\n",
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false), new CurveConverter() },
    };

    /// <summary>The file is there whole or, when writing fails, as it was before.</summary>
    /// <exception cref="ArgumentException">A figure is no finite number.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Save(Comparison comparison, string path) => WholeFile.Write(path, JsonSerializer.Serialize(comparison, Options) + "\n");

    /// <exception cref="FormatException">There is no such file, or it holds no comparison; says what is wrong and where.</exception>
    public static Comparison Load(string path)
    {
        Comparison comparison;
        try
        {
            comparison = JsonSerializer.Deserialize<Comparison>(File.ReadAllText(path), Options) ?? throw new JsonException("It is null.");
        }
        catch (JsonException exception)
        {
            throw new FormatException($"{path} holds no comparison: {exception.Message}", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new FormatException($"{path} cannot be read: {exception.Message}", exception);
        }

        var stray = comparison.Runs.FirstOrDefault(run => !comparison.Scenarios.Any(scenario => scenario.Name == run.Scenario));
        return stray is null ? comparison : throw new FormatException($"{path} holds a run of the scenario '{stray.Scenario}', which it does not describe.");
    }

    // Thousands of points would otherwise take four lines each.
    private sealed class CurveConverter : JsonConverter<IReadOnlyList<double[]>>
    {
        public override IReadOnlyList<double[]> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var curve = JsonSerializer.Deserialize<double[]?[]>(ref reader) ?? [];
            return Array.TrueForAll(curve, point => point is { Length: 2 })
                ? Array.ConvertAll(curve, point => point!)
                : throw new JsonException("A point of a curve is a percentile and its value.");
        }

        public override void Write(Utf8JsonWriter writer, IReadOnlyList<double[]> value, JsonSerializerOptions options) =>
            writer.WriteRawValue(JsonSerializer.Serialize(value));
    }
}
