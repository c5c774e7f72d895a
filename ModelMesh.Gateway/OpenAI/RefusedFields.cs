using System.Text.Json;
using ModelMesh.ServiceDefaults.Json;

namespace ModelMesh.Gateway.OpenAI;

/// <summary>Known fields whose meaning would be lost on the way: they are refused by name instead of passed on with the unknown ones.</summary>
internal static class RefusedFields
{
    /// <summary>Refuses a field whatever is in it.</summary>
    public static void Refuse(this FieldReader fields, string name, string why)
    {
        if (fields.TryTake(name, out _))
        {
            fields.Fault(name, why);
        }
    }

    /// <summary>Refuses a field unless it says what holds without it.</summary>
    public static void RefuseUnless(this FieldReader fields, string name, Func<JsonElement, bool> saysNothing, string why)
    {
        if (fields.TryTake(name, out var value) && !saysNothing(value))
        {
            fields.Fault(name, why);
        }
    }
}
