using System.Globalization;

namespace ModelMesh.Gateway.Answers;

/// <summary>Ids of calls. A backend need not give any, and a client cannot answer a call without.</summary>
internal static class ToolCallIds
{
    public static string Of(string given, string requestId, int choice, int index) =>
        given.Length > 0 ? given : string.Create(CultureInfo.InvariantCulture, $"call_{requestId}_{choice}_{index}");
}
