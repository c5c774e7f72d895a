namespace ModelMesh.Scripts.Clients;

/// <summary>The question and the tools that every client asks with.</summary>
internal static class SampleTools
{
    public const string Question = "What is the weather like?";
    public const string Result = "sunny";

    public const string Schema =
        """{"type":"object","properties":{"city":{"type":"string"},"days":{"type":"integer"}},"required":["city"],"additionalProperties":false}""";

    public static readonly string[] Names = ["get_weather", "get_time"];
}
