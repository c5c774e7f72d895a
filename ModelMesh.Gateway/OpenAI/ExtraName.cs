namespace ModelMesh.Gateway.OpenAI;

/// <summary>Fields that the mesh does not know are at the top of a request here, and in <c>extra</c> at <c>/infer</c>.</summary>
internal static class ExtraName
{
    private const string Extra = "extra.";

    public static string Of(string field) => field.StartsWith(Extra, StringComparison.Ordinal) ? field[Extra.Length..] : field;
}
