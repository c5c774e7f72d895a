using ModelMesh.ServiceDefaults.Json;

namespace ModelMesh.Gateway.Anthropic.Request;

/// <summary>
/// Reads <c>thinking</c> as a reasoning effort.
/// 1. <c>disabled</c> is <c>none</c>.
/// 2. An effort that is named (<c>output_config.effort</c>) counts.
/// 3. <c>enabled</c> has a budget in tokens: below 4,096 it is <c>low</c>, below 16,384 <c>medium</c>, from there on <c>high</c>.
/// 4. <c>adaptive</c>, and nothing, leave it to the model.
/// </summary>
internal static class ThinkingReader
{
    private const string Field = "thinking";
    private const int MaxTypeLength = 64;
    private const int SmallestBudget = 1024;
    private const int MediumFrom = 4096;
    private const int HighFrom = 16_384;

    /// <param name="effort">The effort that is named; empty where none is.</param>
    public static (string Effort, bool IsShown) Read(FieldReader fields, string effort, FaultList faults)
    {
        if (fields.Section(Field) is not { } section)
        {
            return (effort, true);
        }

        var thinking = new FieldReader(section, Field, faults);
        var type = thinking.RequiredText("type", MaxTypeLength);
        if (type is not ("" or "enabled" or "adaptive" or "disabled"))
        {
            thinking.Fault("type", $"'{type}' is not supported, only enabled, adaptive and disabled");
        }

        var ofBudget = type == "enabled" ? ReadBudget(thinking) : "";
        var chosen = (type, effort) switch
        {
            ("disabled", _) => "none",
            (_, { Length: > 0 }) => effort,
            _ => ofBudget,
        };
        return (chosen, ReadDisplay(thinking));
    }

    private static string ReadBudget(FieldReader thinking)
    {
        if (!thinking.Has("budget_tokens"))
        {
            thinking.Fault("budget_tokens", "is required");
        }

        return thinking.WholeNumber("budget_tokens", SmallestBudget, int.MaxValue) switch
        {
            null => "",
            < MediumFrom => "low",
            < HighFrom => "medium",
            _ => "high",
        };
    }

    private static bool ReadDisplay(FieldReader thinking)
    {
        var display = thinking.Text("display", MaxTypeLength);
        if (display is not (null or "summarized" or "omitted"))
        {
            thinking.Fault("display", "must be summarized or omitted");
        }

        return display != "omitted";
    }
}
