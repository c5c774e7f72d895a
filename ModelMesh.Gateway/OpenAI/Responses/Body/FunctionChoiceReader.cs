using System.Text.Json;
using ModelMesh.Contracts.V1;
using ModelMesh.ServiceDefaults.Json;

namespace ModelMesh.Gateway.OpenAI.Responses.Body;

/// <summary>Reads <c>tool_choice</c>: <c>auto</c>, <c>none</c>, <c>required</c> or <c>{"type":"function","name"}</c>.</summary>
internal static class FunctionChoiceReader
{
    private const string Field = "tool_choice";
    private const int MaxTypeLength = 64;
    private const int MaxNameLength = 128;

    public static ToolChoice? Read(FieldReader fields, List<Tool> tools, FaultList faults)
    {
        if (!fields.TryTake(Field, out var choice))
        {
            return null;
        }

        switch (choice.ValueKind)
        {
            case JsonValueKind.String when JsonText.Of(choice) is "auto" or "none" or "required":
                return ReadMode(fields, choice.GetString()!, tools);
            case JsonValueKind.Object:
                return ReadFunction(new FieldReader(choice, Field, faults), tools);
            default:
                fields.Fault(Field, "must be auto, none, required, or an object with type and name");
                return null;
        }
    }

    private static ToolChoice? ReadMode(FieldReader fields, string mode, List<Tool> tools)
    {
        if (tools.Count > 0)
        {
            return new ToolChoice { Mode = mode };
        }

        if (mode == "required")
        {
            fields.Fault(Field, "needs tools");
        }

        return null;
    }

    private static ToolChoice ReadFunction(FieldReader fields, List<Tool> tools)
    {
        var choice = new ToolChoice { Mode = "function" };
        var type = fields.RequiredText("type", MaxTypeLength);
        if (type == "function")
        {
            choice.Function = fields.RequiredText("name", MaxNameLength);
            if (choice.Function.Length > 0 && !tools.Exists(tool => tool.Name == choice.Function))
            {
                fields.Fault("name", "is not the name of one of the tools");
            }
        }
        else if (type.Length > 0)
        {
            fields.Fault("type", "must be function");
        }

        // Nobody reads them, but the answer repeats them.
        fields.TakeTheRest();
        return choice;
    }
}
