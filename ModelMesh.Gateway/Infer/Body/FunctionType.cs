using ModelMesh.ServiceDefaults.Json;

namespace ModelMesh.Gateway.Infer.Body;

/// <summary>Tools, calls and choices share one form: <c>"type":"function"</c> and an object <c>function</c>.</summary>
internal static class FunctionType
{
    private const string Function = "function";

    public static void Check(FieldReader fields)
    {
        // Absent is taken for function: there is no other type.
        if (fields.Text("type", int.MaxValue) is not (null or Function))
        {
            fields.Fault("type", "must be function");
        }
    }

    /// <summary>The object's reader, or null with the fault reported.</summary>
    public static FieldReader? Section(FieldReader fields, string path, FaultList faults)
    {
        if (!fields.Has(Function))
        {
            fields.TryTake(Function, out _);
            fields.Fault(Function, "is required");
            return null;
        }

        return fields.Section(Function) is { } section ? new FieldReader(section, FieldPath.Join(path, Function), faults) : null;
    }
}
