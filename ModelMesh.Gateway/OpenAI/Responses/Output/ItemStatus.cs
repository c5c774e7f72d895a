namespace ModelMesh.Gateway.OpenAI.Responses.Output;

internal static class ItemStatus
{
    public const string InProgress = "in_progress";
    public const string Completed = "completed";
    public const string Incomplete = "incomplete";
}
