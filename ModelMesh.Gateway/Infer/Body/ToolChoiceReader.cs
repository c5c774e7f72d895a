using System.Text.Json;
using ModelMesh.Contracts.V1;
using ModelMesh.ServiceDefaults.Json;

namespace ModelMesh.Gateway.Infer.Body;

/// <summary>Reads <c>tool_choice</c> (<c>auto</c>, <c>none</c>, <c>required</c> or <c>{"type":"function","function":{"name"}}</c>) and <c>parallel_tool_calls</c>.</summary>
internal static class ToolChoiceReader
{
    private const int MaxNameLength = 128;

    public static ToolChoice? Read(FieldReader fields, IReadOnlyList<Tool> tools, FaultList faults)
    {
        if (!fields.TryTake("tool_choice", out var choice))
        {
            return null;
        }

        if (choice.ValueKind == JsonValueKind.String && JsonText.Of(choice) is "auto" or "none" or "required")
        {
            var mode = choice.GetString()!;
            if (mode == "required" && tools.Count == 0)
            {
                fields.Fault("tool_choice", "needs tools");
            }

            return new ToolChoice { Mode = mode };
        }

        if (choice.ValueKind == JsonValueKind.Object)
        {
            return ReadFunction(new FieldReader(choice, "tool_choice", faults), tools, faults);
        }

        fields.Fault("tool_choice", "must be auto, none, required, or an object with type and function");
        return null;
    }

    public static bool? ReadParallel(FieldReader fields, IReadOnlyList<Tool> tools)
    {
        var parallel = fields.Flag("parallel_tool_calls");
        if (parallel is not null && tools.Count == 0)
        {
            fields.Fault("parallel_tool_calls", "needs tools");
        }

        return parallel;
    }

    private static ToolChoice ReadFunction(FieldReader fields, IReadOnlyList<Tool> tools, FaultList faults)
    {
        var choice = new ToolChoice { Mode = "function" };
        FunctionType.Check(fields);
        if (FunctionType.Section(fields, "tool_choice", faults) is { } function)
        {
            choice.Function = function.RequiredText("name", MaxNameLength);
            if (choice.Function.Length > 0 && !tools.Any(tool => tool.Name == choice.Function))
            {
                function.Fault("name", "is not the name of one of the tools");
            }

            function.RefuseTheRest();
        }

        fields.RefuseTheRest();
        return choice;
    }
}
